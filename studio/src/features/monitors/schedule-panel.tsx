import { Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { MonitorAnswer } from '#sdk/client'
import type { ScheduleAnswer } from '#wire/monitor-follow'
import { Button } from '#studio/components/button.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { client } from '#studio/lib/client.ts'
import { count } from '#studio/lib/numbers.ts'
import { useSession } from '#studio/lib/session.ts'
import { exactTime } from '#studio/lib/times.ts'
import { captureQuery, deploymentsOfVersion, monitorKey, monitorQuery, scheduleQuery } from './monitor-queries.ts'
import styles from './monitors.module.css'

/** When the rows that a deployment keeps are checked by themselves. */
export function SchedulePanel({ monitor }: { readonly monitor: MonitorAnswer }) {
  const schedule = useQuery(scheduleQuery(monitor))
  const [editing, setEditing] = useState(false)
  const aside = schedule.data == null || editing ? undefined : <button type="button" className="go-to" onClick={() => setEditing(true)}>Change</button>
  return (
    <Panel title="Schedule" {...(aside === undefined ? {} : { aside })} footer="A schedule checks what callers sent to a deployment since the last time. Rows are kept only where that is switched on.">
      {schedule.isError ? <ErrorState error={schedule.error} onRetry={() => void schedule.refetch()} /> : schedule.data === undefined ? <Skeleton rows={2} /> : schedule.data !== null && !editing ? <Planned schedule={schedule.data} /> : <Plan monitor={monitor} before={schedule.data} onDone={() => setEditing(false)} />}
    </Panel>
  )
}

function Planned({ schedule }: { readonly schedule: ScheduleAnswer }) {
  const kept = useQuery(captureQuery(schedule.deployment_id)).data
  return (
    <dl className="kv">
      <dt>At</dt><dd><code>{schedule.cron}</code> {schedule.time_zone}</dd>
      <dt>Next</dt><dd>{exactTime(schedule.next_at)}</dd>
      <dt>Kept rows</dt><dd>{kept === undefined ? '' : kept.active ? `${count(kept.rows)}, ${count(kept.labelled)} of them with a label` : `none are kept now${kept.rows === 0 ? '' : `; ${count(kept.rows)} from before`}`}</dd>
      <dt>Challenger</dt><dd>{schedule.retrain_from === null ? 'none by itself' : `proposed on an alert from ${count(schedule.retrain_from)} labelled rows on`}</dd>
    </dl>
  )
}

interface PlanProps {
  readonly monitor: MonitorAnswer
  readonly before: ScheduleAnswer | null
  readonly onDone: () => void
}

const usual = '0 6 * * *'

function Plan({ monitor, before, onDone }: PlanProps) {
  const queries = useQueryClient()
  const team = useSession()?.team_id ?? ''
  const deployments = useQuery({ ...deploymentsOfVersion(team, monitor.version_id), enabled: team !== '' }).data ?? []
  const [cron, setCron] = useState(before?.cron ?? usual)
  const [zone, setZone] = useState(before?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)
  const [picked, setPicked] = useState<string | null>(before?.deployment_id ?? null)
  const [from, setFrom] = useState(before?.retrain_from?.toString() ?? '')
  const deployment = picked ?? deployments[0]?.deployment_id ?? null
  const old = () => queries.invalidateQueries({ queryKey: monitorKey(monitor.monitor_id) })
  const put = useMutation({
    mutationFn: (to: string) => client.monitors.putSchedule(monitor.monitor_id, { cron, time_zone: zone, deployment_id: to, retrain_from: from === '' ? null : Number(from) }),
    onSuccess: async () => { await old(); onDone() },
  })
  const remove = useMutation({
    mutationFn: () => client.monitors.removeSchedule(monitor.monitor_id),
    // Only the monitor is read again: it says that there is no schedule to be read any more.
    onSuccess: async () => { await queries.invalidateQueries({ queryKey: monitorQuery(monitor.monitor_id).queryKey }); onDone() },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (deployment !== null) put.mutate(deployment)
  }
  if (deployments.length === 0 && before === null) return <p className="soft">No deployment answers with the version that is watched, so there are no rows to check by themselves.</p>
  return (
    <form className="stack" onSubmit={send}>
      <div className={styles.fields}>
        <TextInput label="At, as minute hour day month weekday" value={cron} required onChange={(event) => setCron(event.target.value)} />
        <TextInput label="Time zone" value={zone} required onChange={(event) => setZone(event.target.value)} />
        <Select label="Rows of the deployment" data={deployments.map(({ deployment_id, active }) => ({ value: deployment_id, label: `${deployment_id.slice(0, 8)}, ${active ? 'active' : 'inactive'}` }))} value={deployment} allowDeselect={false} onChange={setPicked} />
        <TextInput label="Propose a challenger from so many labelled rows" inputMode="numeric" placeholder="never" value={from} onChange={(event) => setFrom(event.target.value.replaceAll(/\D/g, ''))} />
      </div>
      <div className="row wrap">
        <Button type="submit" look="firm" disabled={put.isPending || deployment === null}>{before === null ? 'Check by itself' : 'Change the schedule'}</Button>
        {before === null ? null : <><Button onClick={onDone}>Leave it</Button><Button look="quiet" disabled={remove.isPending} onClick={() => remove.mutate()}>End the schedule</Button></>}
      </div>
      {put.isError ? <ErrorState error={put.error} /> : null}
      {remove.isError ? <ErrorState error={remove.error} /> : null}
    </form>
  )
}
