import { TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ModelAnswer, ModelVersionAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { Dialog } from '#studio/components/dialog.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Tag } from '#studio/components/tag.tsx'
import { Ago } from '#studio/components/time-text.tsx'
import { client } from '#studio/lib/client.ts'
import { metric, plain } from '#studio/lib/numbers.ts'
import { modelKey, versionsQuery } from './models-queries.ts'
import styles from './models.module.css'

type Verb = 'promote' | 'demote' | 'reject' | 'restore'

const verbs: Readonly<Record<Verb, { readonly button: string; readonly title: (n: number) => string; readonly text: string }>> = {
  promote: { button: 'Make it the champion', title: (n) => `Make version ${n} the champion?`, text: 'The champion is what challengers are compared with. Which version answers is the deployment’s to say, and does not change.' },
  demote: { button: 'No longer the champion', title: (n) => `Let version ${n} be champion no more?`, text: 'The model has no champion until one is promoted.' },
  reject: { button: 'Reject', title: (n) => `Reject version ${n}?`, text: 'It cannot become the champion until somebody restores it.' },
  restore: { button: 'Restore', title: (n) => `Restore version ${n}?`, text: 'It is a challenger again.' },
}

const metricTitles: Readonly<Record<string, string>> = { auc: 'AUC', logloss: 'log loss', accuracy: 'accuracy', r2: 'R²', rmse: 'RMSE', mae: 'MAE', f1: 'F1', brier: 'Brier' }

/** The versions, newest first, with what they did on their sealed rows and how they stand. */
export function VersionsPanel({ model }: { readonly model: ModelAnswer }) {
  const versions = useQuery(versionsQuery(model.model_id))
  const [asked, setAsked] = useState<{ readonly verb: Verb; readonly version: ModelVersionAnswer } | null>(null)
  if (versions.isError) return <Panel><ErrorState error={versions.error} onRetry={() => void versions.refetch()} /></Panel>
  const rows = versions.data?.toReversed() ?? []
  const names = Object.keys(metricTitles).filter((name) => rows.some(({ test_metrics }) => test_metrics[name] !== undefined)).slice(0, 3)
  return (
    <Panel flush title="Versions" footer="Metrics are those of the sealed rows of each version’s own run.">
      {versions.data === undefined ? <Skeleton rows={3} /> : (
        <div className={styles.scroll}>
          <table className={`list ${styles.versions}`}>
            <caption className="hide">Versions of {model.model_name}</caption>
            <thead><tr><th scope="col">Version</th>{names.map((name) => <th key={name} scope="col" className="num">{metricTitles[name]}</th>)}<th scope="col">Standing</th><th scope="col"><span className="hide">Acts</span></th></tr></thead>
            <tbody>
              {rows.map((version) => (
                <tr key={version.version_id}>
                  <td><span className="strong">{version.version_number}</span> <span className="sub">{version.trainer}, <Ago at={version.created} />, <Link className="go-to" to="/runs/$runId" params={{ runId: version.run_id }} search={{}}>its run</Link></span></td>
                  {names.map((name) => <td key={name} className="num" data-head={metricTitles[name]}>{version.test_metrics[name] === undefined ? '' : Math.abs(version.test_metrics[name]) < 10 ? metric(version.test_metrics[name]) : plain(version.test_metrics[name])}</td>)}
                  <td><div className="row wrap"><Standing version={version} answers={model.active_version === version.version_id} /></div></td>
                  <td className="num"><Acts version={version} onAsk={(verb) => setAsked({ verb, version })} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {asked === null ? null : <Confirm modelId={model.model_id} verb={asked.verb} version={asked.version} onClose={() => setAsked(null)} />}
    </Panel>
  )
}

function Standing({ version, answers }: { readonly version: ModelVersionAnswer; readonly answers: boolean }) {
  return (
    <>
      {version.role === 'champion' ? <Tag tone="run" glyph="up">champion</Tag> : version.role === 'rejected' ? <Tag glyph="skip">rejected</Tag> : <Tag tone="plain">challenger</Tag>}
      {answers ? <Tag tone="clear" glyph="clear">answers</Tag> : null}
    </>
  )
}

function Acts({ version, onAsk }: { readonly version: ModelVersionAnswer; readonly onAsk: (verb: Verb) => void }) {
  const { role, version_number: n } = version
  if (role === 'rejected') return <Button look="quiet" aria-label={`Restore version ${n}`} onClick={() => onAsk('restore')}>Restore</Button>
  if (role === 'champion') return <Button look="quiet" aria-label={`Demote version ${n}`} onClick={() => onAsk('demote')}>Demote</Button>
  return <span className="row"><Button aria-label={`Promote version ${n}`} onClick={() => onAsk('promote')}>Promote</Button><Button look="quiet" aria-label={`Reject version ${n}`} onClick={() => onAsk('reject')}>Reject</Button></span>
}

interface ConfirmProps {
  readonly modelId: string
  readonly verb: Verb
  readonly version: ModelVersionAnswer
  readonly onClose: () => void
}

function Confirm({ modelId, verb, version, onClose }: ConfirmProps) {
  const queries = useQueryClient()
  const [rationale, setRationale] = useState('')
  const decide = useMutation({
    mutationFn: () => client.models[verb](version.version_id, rationale.trim() === '' ? {} : { rationale: rationale.trim() }),
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: modelKey(modelId) }),
  })
  const { button, title, text } = verbs[verb]
  return (
    <Dialog opened onClose={onClose} title={title(version.version_number)}>
      <form className="stack loose" onSubmit={(event) => { event.preventDefault(); decide.mutate() }}>
        <p className="soft">{text}</p>
        <TextInput label="Why, kept with it" data-autofocus value={rationale} maxLength={10_000} onChange={(event) => setRationale(event.target.value)} />
        {decide.isError ? <ErrorState error={decide.error} /> : null}
        <div className="row"><Button type="submit" look="firm" disabled={decide.isPending}>{button}</Button><Button look="quiet" onClick={onClose}>Cancel</Button></div>
      </form>
    </Dialog>
  )
}
