import { accept, refuse, type Result } from '#core/errors'
import type { MonitorAlert } from '#core/monitor'
import type { AlertAnswer, AnswerAlertBody } from '#wire/monitor-follow'
import { askedBy, ownMonitor, unknownMonitor } from './monitor-context.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

export async function listAlerts(input: ServiceInput, caller: Caller, { monitorId, limit }: { monitorId: string; limit: number }): Promise<Result<AlertAnswer[]>> {
  const monitor = await ownMonitor(input, caller, monitorId)
  return monitor.ok ? accept((await input.monitors.alerts(monitorId, limit)).map(alertAnswer)) : monitor
}

/** Says who takes care of an alert, and that it was seen. */
export async function answerAlert(input: ServiceInput, caller: Caller, { alertId, body }: { alertId: string; body: AnswerAlertBody }): Promise<Result<AlertAnswer>> {
  const alert = await input.monitors.alert(alertId)
  if (alert === undefined) return unknownAlert
  const monitor = await ownMonitor(input, caller, alert.monitor_id)
  if (!monitor.ok) return unknownAlert
  const { owner, note, acknowledge } = body
  const change = { ...(owner === undefined ? {} : { owner }), ...(note === undefined ? {} : { note }), acknowledge }
  if (!(await input.monitors.answerAlert(alert, change, askedBy(input, caller)))) return unknownMonitor
  return accept(alertAnswer((await input.monitors.alert(alertId)) ?? alert))
}

const unknownAlert = refuse('NOT_FOUND', 'There is no such alert.', { suggestion: 'GET /v1/monitors/{id}/alerts lists those of a monitor.' })

function alertAnswer({ raised_at, acknowledged_at, ...alert }: MonitorAlert): AlertAnswer {
  return { ...alert, raised: raised_at, acknowledged: acknowledged_at }
}
