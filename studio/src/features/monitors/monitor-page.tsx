import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Tag } from '#studio/components/tag.tsx'
import { Ago } from '#studio/components/time-text.tsx'
import { useTitle } from '#studio/lib/use-title.ts'
import { monitorQuery } from './monitor-queries.ts'
import { FollowPanels } from './follow-panels.tsx'
import { EditMonitor } from './monitor-names.tsx'
import { MonitorView } from './monitor-view.tsx'
import styles from './monitors.module.css'

/** One monitor on a page of its own. */
export function MonitorPage({ monitorId }: { readonly monitorId: string }) {
  const monitor = useQuery(monitorQuery(monitorId))
  useTitle(monitor.data?.name ?? 'Monitor')
  if (monitor.isError) return <Panel><ErrorState error={monitor.error} onRetry={() => void monitor.refetch()} /></Panel>
  if (monitor.data === undefined) return <Panel flush><Skeleton rows={8} /></Panel>
  const { name, description, model_id, created, created_by, overdue } = monitor.data
  return (
    <>
      <header className={styles.head}>
        <div>
          <p className="sub"><Link to="/monitors">Monitors</Link></p>
          <h1>{name}</h1>
          <p className="sub">watches <Link className="go-to" to="/models/$modelId" params={{ modelId: model_id }}>its model</Link>, made <Ago at={created} /> by {created_by}</p>
          {description === '' ? null : <p className="soft">{description}</p>}
        </div>
        <div className="row wrap">
          {overdue ? <Tag tone="held" glyph="care">a batch is overdue</Tag> : null}
          <EditMonitor monitor={monitor.data} />
        </div>
      </header>
      <h2 className="hide">What it watches, and what it found</h2>
      <MonitorView monitor={monitor.data} />
      <h2 className="hide">What follows from it</h2>
      <FollowPanels monitor={monitor.data} />
    </>
  )
}
