import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { MonitorAnswer } from '#sdk/client'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Tag } from '#studio/components/tag.tsx'
import { Ago } from '#studio/components/time-text.tsx'
import { counted, share } from '#studio/lib/numbers.ts'
import { useSession } from '#studio/lib/session.ts'
import { useListKeys } from '#studio/lib/use-list-keys.ts'
import { useTitle } from '#studio/lib/use-title.ts'
import { monitorsQuery } from './monitor-queries.ts'
import { VerdictTag } from './verdict-tag.tsx'
import styles from './monitors.module.css'

/** The monitors of the team. */
export function MonitorsPage() {
  useTitle('Monitors')
  const team = useSession()?.team_id ?? ''
  const monitors = useQuery({ ...monitorsQuery(team), enabled: team !== '' })
  return (
    <section aria-label="Monitors">
      <header className={styles.head}><h1>Monitors</h1></header>
      <Panel flush>
        {monitors.isError ? <ErrorState error={monitors.error} onRetry={() => void monitors.refetch()} /> : monitors.data === undefined ? <Skeleton rows={6} height={46} /> : monitors.data.length === 0 ? <EmptyState glyph="pulse" title="Nothing is watched yet">The last stop of a run makes a monitor of its model.</EmptyState> : <Rows monitors={monitors.data} />}
      </Panel>
    </section>
  )
}

function Rows({ monitors }: { readonly monitors: readonly MonitorAnswer[] }) {
  const list = useListKeys<HTMLUListElement>()
  return (
    <ul ref={list} className={styles.rows} aria-label="Monitors">
      {monitors.map((monitor) => (
        <li key={monitor.monitor_id} data-row className={styles.row}>
          <span className={styles.name}>
            <Link to="/monitors/$monitorId" params={{ monitorId: monitor.monitor_id }} className="strong cut">{monitor.name}</Link>
            <span className="sub cut">{counted(monitor.columns.length, 'input')}{monitor.prediction ? ' and the prediction' : ''}, false alarms at most {share(monitor.false_alarm_rate)}</span>
          </span>
          <span className="soft">{monitor.schedule_type === 'manual' ? 'when sent' : monitor.schedule_type}</span>
          <span>{monitor.last_check === null ? <span className="sub">never checked</span> : <VerdictTag verdict={monitor.last_check.verdict} />}</span>
          <span>{monitor.overdue ? <Tag tone="held" glyph="care">overdue</Tag> : monitor.last_check === null ? null : <span className="sub"><Ago at={monitor.last_check.created} /></span>}</span>
        </li>
      ))}
    </ul>
  )
}
