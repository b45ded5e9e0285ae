import { accept, orThrow, refuse, type Result } from '#core/errors'
import { engineActor } from '#core/event'
import type { MonitorSchedule } from '#core/monitor'
import type { CheckMonitorAnswer } from '#wire/monitor-check'
import type { PutScheduleBody, ScheduleAnswer } from '#wire/monitor-follow'
import { mostRows } from '#wire/prediction'
import { checkBatch } from './check-monitor.ts'
import { askedBy, documentOf, ownMonitor, scorerOf, unknownMonitor } from './monitor-context.ts'
import { checkDeployment, labelledRows } from './monitor-labels.ts'
import { proposeFromKept } from './propose-from-kept.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

/** Sets when the rows that a deployment keeps are checked; those that it has kept until now are left out. */
export async function putSchedule(input: ServiceInput, caller: Caller, { monitorId, body }: { monitorId: string; body: PutScheduleBody }): Promise<Result<ScheduleAnswer>> {
  const monitor = await ownMonitor(input, caller, monitorId)
  if (!monitor.ok) return monitor
  const { deployment_id, cron, time_zone, retrain_from = null } = body
  const fits = await checkDeployment(input, caller, { monitor: monitor.value, deployment_id })
  if (!fits.ok) return fits
  const times = input.readCron(cron, time_zone)
  if (!times.ok) return times
  const next = times.value.nextAfter(input.now())
  if (next === null) return refuse('VALIDATION_FAILED', `cron "${cron}" names no time that is to come.`)
  const [newest] = await input.captures.rows({ deployment_id, version_id: monitor.value.version_id, after: 0, limit: 1 })
  const schedule = { monitor_id: monitorId, deployment_id, cron, time_zone, retrain_from, next_at: next.toISOString(), checked_to: newest?.position ?? 0 }
  return (await input.monitors.putSchedule(schedule, askedBy(input, caller))) ? accept(scheduleAnswer(schedule)) : unknownMonitor
}

export async function readSchedule(input: ServiceInput, caller: Caller, monitorId: string): Promise<Result<ScheduleAnswer>> {
  const monitor = await ownMonitor(input, caller, monitorId)
  if (!monitor.ok) return monitor
  const schedule = await input.monitors.schedule(monitorId)
  return schedule === undefined ? withoutSchedule : accept(scheduleAnswer(schedule))
}

export async function removeSchedule(input: ServiceInput, caller: Caller, monitorId: string): Promise<Result<{ monitor_id: string; success: true }>> {
  const monitor = await ownMonitor(input, caller, monitorId)
  if (!monitor.ok) return monitor
  return (await input.monitors.removeSchedule(monitorId, askedBy(input, caller))) ? accept({ monitor_id: monitorId, success: true }) : withoutSchedule
}

const withoutSchedule = refuse('NOT_FOUND', 'The monitor has no schedule.', { suggestion: 'PUT /v1/monitors/{id}/schedule sets one.' })

function scheduleAnswer({ monitor_id, deployment_id, cron, time_zone, next_at, retrain_from }: MonitorSchedule): ScheduleAnswer {
  return { monitor_id, deployment_id, cron, time_zone, next_at, retrain_from }
}

/** Makes the checks that are due. It owns no timer: sweeps come from outside. */
export interface ScheduledChecks {
  sweep(): Promise<void>
}

export function openScheduledChecks(input: ServiceInput): ScheduledChecks {
  const nextOf = ({ cron, time_zone }: MonitorSchedule) => orThrow(input.readCron(cron, time_zone)).nextAfter(input.now()) ?? farAway
  return {
    async sweep() {
      for (;;) {
        const due = await input.monitors.takeDue(input.now(), nextOf)
        if (due === undefined) return
        await checkKept(input, due).catch((error: unknown) => input.log('a scheduled check failed; its rows are checked at the next time', error))
      }
    },
  }
}

/** Where a schedule has no time any more. */
const farAway = new Date('9999-12-31T00:00:00Z')

/** Checks the rows that came since the last time, however many times were missed. */
async function checkKept(input: ServiceInput, due: MonitorSchedule): Promise<void> {
  const { monitor_id, deployment_id, checked_to: after } = due
  const monitor = await input.monitors.get(monitor_id)
  if (monitor === undefined) return
  const rows = await input.captures.rows({ deployment_id, version_id: monitor.version_id, after, limit: mostRows })
  const { document } = await scorerOf(input, await documentOf(input, monitor))
  const asked = { actor: engineActor, now: input.now().toISOString() }
  const checked = orThrow(await checkBatch(input, monitor, { sent: { rows: labelledRows(rows, document.label) }, source: 'captured', asked }))
  await input.monitors.checkedTo(monitor_id, rows.at(-1)?.position ?? after)
  if (due.retrain_from !== null && callsForRetrain(checked)) await proposeFromKept(input, monitor, { ...due, retrain_from: due.retrain_from })
}

function callsForRetrain({ alerts }: CheckMonitorAnswer): boolean {
  return alerts.some(({ rule }) => rule === 'monitor' || rule === 'performance')
}

