import type { Monitor, MonitorCheck } from '#core/monitor'
import type { Schedule } from '#phases/7-monitor/monitor-document'
import type { MonitorAnswer, MonitorChecksAnswer } from '#wire/monitor'
import { documentOf, profileOf } from './monitor-context.ts'
import type { ServiceInput } from './ports.ts'

const hour = 3_600_000
const periods: Readonly<Record<Exclude<Schedule, 'manual'>, number>> = { hourly: hour, daily: 24 * hour, weekly: 7 * 24 * hour, monthly: 30 * 24 * hour }

/** A monitor as it is told: what it is set to, how it was measured, and how it stands. */
export async function monitorAnswer(input: ServiceInput, monitor: Monitor): Promise<MonitorAnswer> {
  const document = await documentOf(input, monitor)
  const { settings, measured } = document
  const { rows } = await profileOf(input, document)
  const [last] = await input.monitors.checks(monitor.monitor_id, 1)
  const schedule = await input.monitors.schedule(monitor.monitor_id)
  const due = dueAt(settings.schedule, last?.created_at ?? monitor.created_at)
  const { monitor_id, model_id, version_id, name, description, data_source_type, created_by } = monitor
  return {
    monitor_id, id: monitor_id, model_id, version_id, name, description, created_by, data_source_type,
    created: monitor.created_at,
    threshold: settings.alert_share,
    schedule_type: settings.schedule,
    columns: settings.columns,
    prediction: settings.prediction,
    false_alarm_rate: settings.false_alarm_rate,
    method: settings.method,
    alerts: settings.alert,
    reference_rows: rows,
    measured,
    last_check: last === undefined ? null : checkSummary(last),
    due: due?.toISOString() ?? null,
    overdue: due !== null && due <= input.now(),
    scheduled: schedule !== undefined,
  }
}

function dueAt(schedule: Schedule, last: string): Date | null {
  return schedule === 'manual' ? null : new Date(new Date(last).getTime() + periods[schedule])
}

export function checkSummary({ check_id, rows, verdict, drifted, alerts, created_at }: MonitorCheck): MonitorChecksAnswer[number] {
  return { check_id, rows, verdict, drifted, alerts, created: created_at }
}
