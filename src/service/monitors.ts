import { accept, refuse, type Result } from '#core/errors'
import type { AlertRule } from '#core/monitor'
import type { AlertRulesAnswer, MonitorChangeAnswer } from '#wire/monitor'
import { checkMonitorAnswerSchema } from '#wire/monitor-check'
import { checkMonitor } from './check-monitor.ts'
import { createMonitor } from './create-monitor.ts'
import { answerAlert, listAlerts } from './monitor-alert-log.ts'
import { askedBy, ownMonitor, unknownMonitor } from './monitor-context.ts'
import { addMonitorItems, deleteMonitorItem, readMonitorItems } from './monitor-items.ts'
import { readPerformance, sendLabels } from './monitor-labels.ts'
import { decideProposal, listProposals, proposeRetrain } from './monitor-proposals.ts'
import { putSchedule, readSchedule, removeSchedule } from './monitor-schedules.ts'
import { checkSummary, monitorAnswer } from './monitor-view.ts'
import type { ServiceInput } from './ports.ts'
import type { Monitors } from './monitors-facade.ts'
import type { Caller } from './signalbox.ts'

/** Monitors: made by runs or by hand, edited, and given batches to check. */
export function openMonitors(input: ServiceInput): Monitors {
  const { monitors } = input
  const answers = (rows: Awaited<ReturnType<typeof monitors.list>>) => Promise.all(rows.map((row) => monitorAnswer(input, row)))
  return {
    create: (caller, body) => createMonitor(input, caller, body),
    async read(caller, monitorId) {
      const monitor = await ownMonitor(input, caller, monitorId)
      return monitor.ok ? accept(await monitorAnswer(input, monitor.value)) : monitor
    },
    async listOfModel(caller, modelId) {
      const { team_id } = caller
      if ((await input.models.versions({ team_id, model_id: modelId })).length === 0) return refuse('NOT_FOUND', 'There is no such model.')
      return accept(await answers(await monitors.list({ team_id, model_id: modelId })))
    },
    async listOfTeam(caller, teamId) {
      if (teamId !== caller.team_id) return refuse('NOT_FOUND', 'There is no such team for this key.')
      return accept(await answers(await monitors.list({ team_id: teamId })))
    },
    rename: (caller, { monitor_id, name }) => changed(input, caller, { monitor_id, work: (asked) => monitors.edit(monitor_id, { name }, asked) }),
    describe: (caller, { monitor_id, description }) => changed(input, caller, { monitor_id, work: (asked) => monitors.edit(monitor_id, { description }, asked) }),
    delete: (caller, monitor_id) => changed(input, caller, { monitor_id, work: (asked) => monitors.delete(monitor_id, asked) }),
    addItems: (caller, body) => addMonitorItems(input, caller, body),
    items: (caller, id) => readMonitorItems(input, caller, id),
    deleteItem: (caller, itemId) => deleteMonitorItem(input, caller, itemId),
    async alertRules(caller, monitorId) {
      const monitor = await ownMonitor(input, caller, monitorId)
      return monitor.ok ? accept(await rulesAnswer(input, monitorId)) : monitor
    },
    async putAlertRule(caller, monitorId, { rule_type, value, notify_in_app }) {
      const rule: AlertRule = { rule_type, value, notify_in_app: notify_in_app ?? true }
      if (rule_type === 'threshold' && value > 1) return refuse('VALIDATION_FAILED', `value: a threshold is a share from 0 to 1 of what is watched, received ${value}.`)
      const put = await changed(input, caller, { monitor_id: monitorId, work: (asked) => monitors.putRule(monitorId, rule, asked) })
      return put.ok ? accept(await rulesAnswer(input, monitorId)) : put
    },
    async checks(caller, monitorId, { limit }) {
      const monitor = await ownMonitor(input, caller, monitorId)
      return monitor.ok ? accept((await monitors.checks(monitorId, limit)).map(checkSummary)) : monitor
    },
    async readCheck(caller, monitorId, checkId) {
      const monitor = await ownMonitor(input, caller, monitorId)
      if (!monitor.ok) return monitor
      const check = (await monitors.checks(monitorId, mostChecks)).find(({ check_id }) => check_id === checkId)
      if (check === undefined) return refuse('NOT_FOUND', 'This monitor has no such check.', { suggestion: 'GET /v1/monitors/{id}/checks lists its checks.' })
      return accept(checkMonitorAnswerSchema.parse(await input.blobs.get(check.result)))
    },
    alerts: (caller, monitorId, { limit }) => listAlerts(input, caller, { monitorId, limit }),
    answerAlert: (caller, alertId, body) => answerAlert(input, caller, { alertId, body }),
    schedule: (caller, monitorId) => readSchedule(input, caller, monitorId),
    putSchedule: (caller, monitorId, body) => putSchedule(input, caller, { monitorId, body }),
    removeSchedule: (caller, monitorId) => removeSchedule(input, caller, monitorId),
    sendLabels: (caller, monitorId, body) => sendLabels(input, caller, { monitorId, body }),
    performance: (caller, monitorId, deployment_id) => readPerformance(input, caller, { monitorId, deployment_id }),
    proposeRetrain: (caller, monitorId, body) => proposeRetrain(input, caller, { monitorId, body }),
    proposals: (caller, monitorId) => listProposals(input, caller, monitorId),
    decideProposal: (caller, proposalId, body) => decideProposal(input, caller, { proposalId, body }),
    check: (caller, monitorId, batch) => checkMonitor(input, caller, { monitorId, ...batch }),
  }
}

/** The newest checks, among which one is looked for. */
const mostChecks = 10_000

interface Change {
  readonly monitor_id: string
  readonly work: (asked: ReturnType<typeof askedBy>) => Promise<boolean>
}

async function changed(input: ServiceInput, caller: Caller, { monitor_id, work }: Change): Promise<Result<MonitorChangeAnswer>> {
  const monitor = await ownMonitor(input, caller, monitor_id)
  if (!monitor.ok) return monitor
  return (await work(askedBy(input, caller))) ? accept({ monitor_id, success: true }) : unknownMonitor
}

async function rulesAnswer({ monitors }: ServiceInput, monitor_id: string): Promise<AlertRulesAnswer> {
  const rules = await monitors.rules(monitor_id)
  return { monitor_id, rules: rules.map((rule) => ({ ...rule, notify_email: false })) }
}
