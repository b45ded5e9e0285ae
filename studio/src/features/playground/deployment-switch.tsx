import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DeploymentFormAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { Dialog } from '#studio/components/dialog.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Tag } from '#studio/components/tag.tsx'
import { client } from '#studio/lib/client.ts'
import { deploymentKey } from './playground-queries.ts'

type Change = 'activate' | 'deactivate' | 'stop' | 'resume'

const acts: Readonly<Record<Change, { readonly button: string; readonly title: string; readonly text: string }>> = {
  activate: { button: 'Activate', title: 'Let it answer?', text: 'From now on every request with a deploy key of it is answered.' },
  deactivate: { button: 'Deactivate', title: 'Let it rest?', text: 'Requests are refused until somebody activates it again. Keys stay as they are.' },
  stop: { button: 'Stop', title: 'Stop it at once?', text: 'No model is asked any more: requests get the fallback answer where one is set, and are refused where none is.' },
  resume: { button: 'Resume', title: 'Take the stop back?', text: 'It answers again as it did before.' },
}

/** Whether the deployment answers, and the buttons that change it. Each is confirmed, and none is done before the server says so. */
export function DeploymentSwitch({ form }: { readonly form: DeploymentFormAnswer }) {
  const [asked, setAsked] = useState<Change | null>(null)
  const { active, stopped } = form
  return (
    <>
      {stopped ? <Tag tone="stop" glyph="stop">stopped</Tag> : active ? <Tag tone="clear" glyph="clear">active</Tag> : <Tag glyph="idle">resting</Tag>}
      {stopped ? <Button onClick={() => setAsked('resume')}>Resume</Button> : active ? (
        <>
          <Button onClick={() => setAsked('deactivate')}>Deactivate</Button>
          <Button look="stop" onClick={() => setAsked('stop')}>Stop</Button>
        </>
      ) : <Button look="firm" onClick={() => setAsked('activate')}>Activate</Button>}
      {asked === null ? null : <Confirm change={asked} deploymentId={form.deployment_id} onClose={() => setAsked(null)} />}
    </>
  )
}

function Confirm({ change, deploymentId, onClose }: { readonly change: Change; readonly deploymentId: string; readonly onClose: () => void }) {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const send = useMutation({
    mutationFn: () => {
      const { deployments } = client
      if (change === 'activate') return deployments.activate(deploymentId)
      if (change === 'deactivate') return deployments.deactivate(deploymentId)
      const said = reason.trim() === '' ? undefined : reason.trim()
      return change === 'stop' ? deployments.stop(deploymentId, said) : deployments.resume(deploymentId, said)
    },
    onSuccess: onClose,
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: deploymentKey(deploymentId) }), queries.invalidateQueries({ queryKey: ['models'] }), queries.invalidateQueries({ queryKey: ['deployments'] })]),
  })
  const { button, title, text } = acts[change]
  const asksWhy = change === 'stop' || change === 'resume'
  return (
    <Dialog opened onClose={onClose} title={title}>
      <form className="stack loose" onSubmit={(event) => { event.preventDefault(); send.mutate() }}>
        <p className="soft">{text}</p>
        {asksWhy ? <TextInput label="Reason, kept with it" data-autofocus value={reason} maxLength={2_000} onChange={(event) => setReason(event.target.value)} /> : null}
        {send.isError ? <ErrorState error={send.error} /> : null}
        <div className="row"><Button type="submit" look={change === 'stop' ? 'stop' : 'firm'} disabled={send.isPending}>{button}</Button><Button look="quiet" onClick={onClose}>Cancel</Button></div>
      </form>
    </Dialog>
  )
}
