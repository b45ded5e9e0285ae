import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import type { OutcomeProps } from '#studio/lib/phase-feature.ts'
import { MonitorView } from './monitor-view.tsx'
import { monitorQuery } from './monitor-queries.ts'
import styles from './monitors.module.css'

/** What the last stop of a run came to: its monitor, with a batch to check. */
export function MonitoringOutcome({ run }: OutcomeProps) {
  const { monitor_id: monitorId } = run.results
  if (monitorId === null) return <Panel><EmptyState glyph="skip" title="Nothing is watched">It was decided to make no monitor, or it was deleted since. One can be made later of the model.</EmptyState></Panel>
  return <Watched monitorId={monitorId} />
}

function Watched({ monitorId }: { readonly monitorId: string }) {
  const monitor = useQuery(monitorQuery(monitorId))
  if (monitor.isError) return <Panel><ErrorState error={monitor.error} onRetry={() => void monitor.refetch()} /></Panel>
  if (monitor.data === undefined) return <Panel flush><Skeleton rows={8} /></Panel>
  return (
    <>
      <p className={styles.alone}><Link className="go-to" to="/monitors/$monitorId" params={{ monitorId }}>Open on a page of its own</Link></p>
      <MonitorView monitor={monitor.data} />
    </>
  )
}
