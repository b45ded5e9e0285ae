import { useQueries } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { RunStateAnswer } from '#sdk/client'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { runQuery } from '#studio/lib/run-queries.ts'
import { useTitle } from '#studio/lib/use-title.ts'
import { DecisionsPanel } from './decisions-panel.tsx'
import { MetricsPanel } from './metrics-panel.tsx'
import { RunField } from './run-field.tsx'
import { ShapesPanel } from './shapes-panel.tsx'
import styles from './compare.module.css'

/** Two runs side by side: what was decided otherwise, how the models differ on the same rows, and their shapes over each other. */
export function ComparePage({ runs }: { readonly runs: readonly string[] }) {
  useTitle('Compare runs')
  const navigate = useNavigate()
  const [first = '', second = ''] = runs
  const set = (next: readonly [string, string]) => void navigate({ to: '/compare', search: { runs: next.filter((id) => id !== '').join(',') }, replace: true })
  const found = useQueries({ queries: [first, second].map((id) => ({ ...runQuery(id), enabled: id !== '' })) })
  const [one, other] = [found[0]?.data, found[1]?.data]
  const failed = found.find(({ isError, data }) => isError && data === undefined)
  return (
    <>
      <h1>Compare runs</h1>
      <div className={styles.fields}>
        <RunField label="First run" run={one} onRun={(id) => set([id, second])} />
        <RunField label="Second run" run={other} onRun={(id) => set([first, id])} />
      </div>
      {failed !== undefined ? <Panel><ErrorState error={failed.error} onRetry={() => void failed.refetch()} /></Panel> : first === '' || second === '' ? (
        <Panel><EmptyState title="Choose two runs">They are shown beside each other. Where both sealed the same rows, their models are compared pair by pair.</EmptyState></Panel>
      ) : first === second ? <Panel><EmptyState title="That is the same run twice">Choose another one.</EmptyState></Panel> : one === undefined || other === undefined ? <Panel flush><Skeleton rows={8} /></Panel> : <Both one={one} other={other} />}
    </>
  )
}

function Both({ one, other }: { readonly one: RunStateAnswer; readonly other: RunStateAnswer }) {
  const untrained = [one, other].filter(({ results }) => results.version_id === null)
  return (
    <div className="stack loose">
      {untrained.length === 0 ? <MetricsPanel one={one} other={other} /> : (
        <Panel title="Test metrics" level={2}><p className="soft">{untrained.map((run) => <span key={run.run_id}><Link className="go-to" to="/runs/$runId" params={{ runId: run.run_id }} search={{}}>{run.name}</Link> has no model yet, so there is nothing to measure. </span>)}</p></Panel>
      )}
      <DecisionsPanel one={one} other={other} />
      {untrained.length === 0 ? <ShapesPanel one={one} other={other} /> : null}
    </div>
  )
}
