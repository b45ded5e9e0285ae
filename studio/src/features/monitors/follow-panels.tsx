import { useQuery } from '@tanstack/react-query'
import type { MonitorAnswer } from '#sdk/client'
import { useSession } from '#studio/lib/session.ts'
import { LabelsPanel } from './labels-panel.tsx'
import { deploymentsOfVersion, scheduleQuery } from './monitor-queries.ts'
import { ProposalsPanel } from './proposals-panel.tsx'
import { RulesPanel } from './rules-panel.tsx'
import { SchedulePanel } from './schedule-panel.tsx'
import styles from './monitors.module.css'

/** What is set of a monitor beyond its tests, and what comes of its alerts: schedule, rules, labels, challengers. */
export function FollowPanels({ monitor }: { readonly monitor: MonitorAnswer }) {
  const team = useSession()?.team_id ?? ''
  const schedule = useQuery(scheduleQuery(monitor)).data
  const deployments = useQuery({ ...deploymentsOfVersion(team, monitor.version_id), enabled: team !== '' }).data ?? []
  const deployment = schedule?.deployment_id ?? deployments[0]?.deployment_id ?? null
  return (
    <div className={styles.follow}>
      <div className="stack loose">
        <SchedulePanel monitor={monitor} />
        <RulesPanel monitorId={monitor.monitor_id} />
      </div>
      <div className="stack loose">
        <ProposalsPanel monitor={monitor} />
        {deployment === null ? null : <LabelsPanel monitorId={monitor.monitor_id} deploymentId={deployment} />}
      </div>
    </div>
  )
}
