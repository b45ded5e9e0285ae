import { NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CreateDeployKeyAnswer, DeployKeyAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { CopyButton } from '#studio/components/copy-button.tsx'
import { Dialog } from '#studio/components/dialog.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { client } from '#studio/lib/client.ts'
import { useNow } from '#studio/lib/use-now.ts'
import { duration, exactTime } from '#studio/lib/times.ts'
import { deploymentKey, keysQuery } from './playground-queries.ts'
import styles from './playground.module.css'

interface KeysPanelProps {
  readonly deploymentId: string
  /** The key that was made here and is shown this once. */
  readonly made: CreateDeployKeyAnswer | null
  readonly onMade: (key: CreateDeployKeyAnswer | null) => void
}

/** The deploy keys: made and shown once, listed with their ends, revoked. */
export function KeysPanel({ deploymentId, made, onMade }: KeysPanelProps) {
  const [asking, setAsking] = useState(false)
  const keys = useQuery(keysQuery(deploymentId))
  const now = useNow()
  const live = (keys.data ?? []).filter(({ revoked, expires }) => !revoked && Date.parse(expires) > now)
  const over = (keys.data ?? []).length - live.length
  return (
    <Panel flush title="Deploy keys" aside={<Button look="quiet" onClick={() => setAsking(true)}>New key</Button>} footer={over === 0 ? undefined : `${over} more ${over === 1 ? 'is' : 'are'} revoked or over.`}>
      {made === null ? null : <MadeKey made={made} onDone={() => onMade(null)} />}
      {keys.isError ? <ErrorState error={keys.error} onRetry={() => void keys.refetch()} /> : live.length === 0 ? (
        <p className={`soft ${styles.none}`}>No key yet: nobody can call this deployment.</p>
      ) : (
        <ul className={styles.keys} aria-label="Live deploy keys">
          {live.map((key) => <KeyRow key={key.key_id} deployKey={key} now={now} />)}
        </ul>
      )}
      <NewKey opened={asking} deploymentId={deploymentId} onClose={() => setAsking(false)} onMade={onMade} />
    </Panel>
  )
}

function MadeKey({ made, onDone }: { readonly made: CreateDeployKeyAnswer; readonly onDone: () => void }) {
  return (
    <div className={styles.made}>
      <Note tone="clear" live>
        <div className="stack">
          <span><b className="strong">Copy it now.</b> It is shown this once, and the snippets above hold it until you leave.</span>
          <code>{made.deploy_key}</code>
          <div className="row"><CopyButton text={made.deploy_key}>Copy the key</CopyButton><Button look="quiet" onClick={onDone}>Done</Button></div>
        </div>
      </Note>
    </div>
  )
}

function KeyRow({ deployKey, now }: { readonly deployKey: DeployKeyAnswer; readonly now: number }) {
  const queries = useQueryClient()
  const [sure, setSure] = useState(false)
  const { deployment_id, key_id, description, created_by, expires } = deployKey
  const revoke = useMutation({
    mutationFn: () => client.deployments.revokeDeployKey({ deployment_id, key_id }),
    onSettled: () => queries.invalidateQueries({ queryKey: deploymentKey(deployment_id) }),
  })
  const name = description === '' ? 'without a name' : description
  return (
    <li>
      <span className="grow cut"><span className="strong">{name}</span><span className="sub" title={exactTime(expires)}> by {created_by}, ends in {duration((Date.parse(expires) - now) / 1000)}</span></span>
      {sure ? <Button look="stop" disabled={revoke.isPending} onClick={() => revoke.mutate()}>Revoke for good</Button> : <Button look="quiet" aria-label={`Revoke ${name}`} onClick={() => setSure(true)}>Revoke</Button>}
    </li>
  )
}

interface NewKeyProps {
  readonly opened: boolean
  readonly deploymentId: string
  readonly onClose: () => void
  readonly onMade: (key: CreateDeployKeyAnswer) => void
}

function NewKey({ opened, deploymentId, onClose, onMade }: NewKeyProps) {
  const queries = useQueryClient()
  const [description, setDescription] = useState('')
  const [days, setDays] = useState(90)
  const make = useMutation({
    mutationFn: () => client.deployments.createDeployKey({ deployment_id: deploymentId, description, days_until_expiry: days }),
    onSuccess: (key) => {
      onMade(key)
      setDescription('')
      onClose()
      void queries.invalidateQueries({ queryKey: deploymentKey(deploymentId) })
    },
  })
  return (
    <Dialog opened={opened} onClose={onClose} title="New deploy key">
      <form className="stack loose" onSubmit={(event) => { event.preventDefault(); make.mutate() }}>
        <TextInput label="What it is for" placeholder="crm-nightly" data-autofocus value={description} maxLength={1_000} onChange={(event) => setDescription(event.target.value)} />
        <NumberInput label="Days until it ends" min={1} max={36_500} value={days} onChange={(next) => (typeof next === 'number' && next > 0 ? setDays(next) : undefined)} />
        {make.isError ? <ErrorState error={make.error} /> : null}
        <div className="row"><Button type="submit" look="firm" disabled={make.isPending}>Make the key</Button><Button look="quiet" onClick={onClose}>Cancel</Button></div>
      </form>
    </Dialog>
  )
}
