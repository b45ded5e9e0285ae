import { accept, refuse, type Result } from '#core/errors'
import type { Monitors } from '#service/signalbox'
import type { MonitorAnswer } from '#wire/monitor'

const at = '2026-01-02T03:04:05.000Z'
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const known = <T>(given: string, value: T): Result<T> => (given === id(7) ? accept(value) : refuse('NOT_FOUND', 'There is no such monitor.'))

/** Monitors in memory: one, with the id of number 7. */
export function fakeMonitors(): Monitors {
  const monitor: MonitorAnswer = {
    monitor_id: id(7), id: id(7), model_id: id(7), version_id: id(7), name: 'm', description: '', created_by: 'owner', created: at, threshold: 0, data_source_type: 'csv', schedule_type: 'manual',
    columns: ['a'], prediction: true, false_alarm_rate: 0.05, reference_rows: 1, measured: [], last_check: null, due: null, overdue: false,
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
    check: async (_caller, monitorId, sent) =>
      known(monitorId, {
        monitor_id: monitorId, check_id: id(9), created: at, rows: 'rows' in sent ? sent.rows.length : sent.csv.split('\n').length, reference_rows: 1, verdict: 'not_enough_data', false_alarm_rate: 0.05,
        columns: [], pairs: [], prediction: null, alerts: [],
      }),
  }
}
