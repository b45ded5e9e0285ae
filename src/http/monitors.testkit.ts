import { accept, refuse, type Result } from '#core/errors'
import type { Captures, Monitors } from '#service/monitors-facade'
import type { MonitorAnswer } from '#wire/monitor'
import type { CheckMonitorAnswer } from '#wire/monitor-check'
import type { ProposalAnswer } from '#wire/monitor-follow'

const at = '2026-01-02T03:04:05.000Z'
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const known = <T>(given: string, value: T): Result<T> => (given === id(7) ? accept(value) : refuse('NOT_FOUND', 'There is no such monitor.'))

/** Monitors in memory: one, with the id of number 7. */
export function fakeMonitors(): Monitors {
  const monitor: MonitorAnswer = {
    monitor_id: id(7), id: id(7), model_id: id(7), version_id: id(7), name: 'm', description: '', created_by: 'owner', created: at, threshold: 0, data_source_type: 'csv', schedule_type: 'manual',
    columns: ['a'], prediction: true, false_alarm_rate: 0.05, method: 'calibrated', alerts: { false_alert_rate: 0.05, in_checks: 365 }, reference_rows: 1, measured: [], last_check: null, due: null, overdue: false, scheduled: false,
  }
  const schedule = { deployment_id: id(8), cron: '0 6 * * *', time_zone: 'UTC', next_at: at, retrain_from: null }
  const proposal: ProposalAnswer = {
    proposal_id: id(7), monitor_id: id(7), alert_id: null, run_id: id(7), run_status: 'running', dataset_id: id(8), version_id: null, comparison: null, status: 'training', options: [],
    choice: null, decided_by: null, decided: null, rationale: null, proposed_by: 'owner', proposed: at,
  }
  const changed = async (_caller: unknown, monitorId: string) => known(monitorId, { monitor_id: monitorId, success: true as const })
  const rules = async (_caller: unknown, monitorId: string) => known(monitorId, { monitor_id: monitorId, rules: [] })
  return {
    create: async (_caller, { model_id }) => known(model_id, { monitor_id: id(7) }),
    read: async (_caller, monitorId) => known(monitorId, monitor),
    listOfModel: async (_caller, modelId) => known(modelId, [monitor]),
    listOfTeam: async () => accept([monitor]),
    rename: (caller, { monitor_id }) => changed(caller, monitor_id),
    describe: (caller, { monitor_id }) => changed(caller, monitor_id),
    delete: changed,
    addItems: async (_caller, { monitor_id, monitor_items }) => known(monitor_id, { monitor_item_id: monitor_items.map(() => id(8)) }),
    items: async (_caller, itemId) => known(itemId, []),
    deleteItem: async (_caller, itemId) => known(itemId, { monitor_item_id: itemId, success: true }),
    alertRules: rules,
    putAlertRule: rules,
    checks: async (_caller, monitorId) => known(monitorId, []),
    alerts: async (_caller, monitorId) => known(monitorId, []),
    answerAlert: async (_caller, alertId, { owner, note }) =>
      known(alertId, { alert_id: alertId, monitor_id: id(7), check_id: id(9), rule: 'monitor', text: 'drift', raised: at, owner: owner ?? null, acknowledged_by: 'owner', acknowledged: at, note: note ?? null }),
    schedule: async (_caller, monitorId) => known(monitorId, { ...schedule, monitor_id: monitorId }),
    putSchedule: async (_caller, monitorId, body) => known(monitorId, { ...schedule, ...body, retrain_from: body.retrain_from ?? null, monitor_id: monitorId }),
    removeSchedule: changed,
    sendLabels: async (_caller, monitorId, { deployment_id, labels }) => known(monitorId, { monitor_id: monitorId, deployment_id, labelled: labels.length, unknown_keys: [], performance: null }),
    performance: async (_caller, monitorId, deployment_id) => known(monitorId, { monitor_id: monitorId, deployment_id, labelled: 0, unknown_keys: [], performance: null }),
    proposeRetrain: async (_caller, monitorId) => known(monitorId, proposal),
    proposals: async (_caller, monitorId) => known(monitorId, [proposal]),
    decideProposal: async (_caller, proposalId, { choice }) => known(proposalId, { ...proposal, status: 'decided' as const, choice }),
    readCheck: async (_caller, monitorId) => known(monitorId, checked(monitorId, 1)),
    check: async (_caller, monitorId, { sent }) => known(monitorId, checked(monitorId, 'rows' in sent ? sent.rows.length : 'csv' in sent ? sent.csv.split('\n').length : 0)),
  }
}

function checked(monitor_id: string, rows: number): CheckMonitorAnswer {
  return {
    monitor_id, check_id: id(9), created: at, rows, reference_rows: 1, verdict: 'not_enough_data', false_alarm_rate: 0.05,
    columns: [], pairs: [], prediction: null, alerts: [], method: 'calibrated', source: 'rows', alert: null, performance: null, estimate: null, evidently: null,
  }
}

/** A deployment with the id of number 7, which keeps nothing yet. */
export function fakeCaptures(): Captures {
  const none = { active: false, share: null, max_rows: null, key_column: null, rows: 0, labelled: 0, oldest: null, newest: null }
  return {
    read: async (_caller, deployment_id) => known(deployment_id, { deployment_id, ...none }),
    set: async (_caller, deployment_id, { share, max_rows, key_column }) => known(deployment_id, { deployment_id, ...none, active: true, share, max_rows, key_column: key_column ?? null }),
    end: async (_caller, deployment_id) => known(deployment_id, { deployment_id, ...none }),
    deleteRows: async (_caller, deployment_id) => known(deployment_id, { deployment_id, deleted: 0 }),
  }
}
