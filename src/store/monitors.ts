import { sql, type Selectable } from 'kysely'
import type { Asked } from '#core/command'
import { alertRuleTypeSchema, driftVerdictSchema, type Monitor, type MonitorCheck, type MonitorItem, type MonitorStore, type NewMonitorEvent } from '#core/monitor'
import { patient, type Database, type Db, type Trx } from './database.ts'
import { monitorAlerts, raiseAlerts } from './monitor-alerts.ts'
import { appendToMonitor, insertMonitor, readMonitor, removeMonitor, withinMonitor } from './monitor-log.ts'
import { monitorProposals } from './monitor-proposals.ts'
import { monitorSchedules } from './monitor-schedules.ts'
import type { Tables } from './tables.ts'

/** Monitors over Postgres. */
export function monitorStore(database: Database): MonitorStore {
  return { ...reading(database.db), ...changing(database), ...monitorAlerts(database), ...monitorSchedules(database), ...monitorProposals(database) }
}

type Reading = 'get' | 'list' | 'item' | 'items' | 'rules' | 'checks'


function reading(db: Db): Pick<MonitorStore, Reading> {
  return patient({
    async get(monitorId: string) {
      const row = await db.selectFrom('monitor').selectAll().where('monitor_id', '=', monitorId).executeTakeFirst()
      return row === undefined ? undefined : readMonitor(row)
    },
    async list({ team_id, model_id }: { team_id: string; model_id?: string }) {
      const ofTeam = db.selectFrom('monitor').selectAll().where('team_id', '=', team_id).orderBy('created_at', 'desc').orderBy('monitor_id')
      const found = model_id === undefined ? ofTeam : ofTeam.where('model_id', '=', model_id)
      return (await found.execute()).map(readMonitor)
    },
    async item(itemId: string) {
      const row = await db.selectFrom('monitor_item').selectAll().where('item_id', '=', itemId).executeTakeFirst()
      return row === undefined ? undefined : readItem(row)
    },
    async items(monitorId: string) {
      const rows = await db.selectFrom('monitor_item').selectAll().where('monitor_id', '=', monitorId).orderBy('position').execute()
      return rows.map(readItem)
    },
    async rules(monitorId: string) {
      const rows = await db.selectFrom('monitor_alert_rule').selectAll().where('monitor_id', '=', monitorId).orderBy('rule_type').execute()
      return rows.map(({ monitor_id: _of, rule_type, ...rule }) => ({ ...rule, rule_type: alertRuleTypeSchema.parse(rule_type) }))
    },
    async checks(monitorId: string, limit: number) {
      const rows = await db.selectFrom('monitor_check').selectAll().where('monitor_id', '=', monitorId).orderBy('position', 'desc').limit(limit).execute()
      return rows.map(readCheck)
    },
  })
}

function readItem({ position: _position, ...item }: Selectable<Tables['monitor_item']>): MonitorItem {
  return item
}

function readCheck({ position: _position, created_at, verdict, ...check }: Selectable<Tables['monitor_check']>): MonitorCheck {
  return { ...check, verdict: driftVerdictSchema.parse(verdict), created_at: created_at.toISOString() }
}

function changing(database: Database): Pick<MonitorStore, Changing> {
  const { transaction } = database
  const within = withinMonitor(database)
  return {
    create: (monitor, asked) => transaction((trx) => create(trx, monitor, asked)),
    edit: (monitorId, change, asked) =>
      within(monitorId, async (trx) => {
        await trx.updateTable('monitor').set(change).where('monitor_id', '=', monitorId).execute()
        await appendToMonitor(trx, monitorId, edited('name' in change ? 'name' : 'description', asked))
      }),
    delete: (monitorId, asked) => within(monitorId, (trx, monitor) => removeMonitor(trx, monitor, asked)),
    addItems: (monitorId, items, asked) =>
      within(monitorId, async (trx) => {
        const rows = items.map((item) => ({ ...item, scenario: JSON.stringify(item.scenario) }))
        if (rows.length > 0) await trx.insertInto('monitor_item').values(rows).execute()
        await appendToMonitor(trx, monitorId, edited('items', asked))
      }),
    deleteItem: ({ monitor_id, item_id }, asked) =>
      within(monitor_id, async (trx) => {
        await trx.deleteFrom('monitor_item').where('item_id', '=', item_id).execute()
        await appendToMonitor(trx, monitor_id, edited('items', asked))
      }),
    putRule: (monitor_id, rule, asked) =>
      within(monitor_id, async (trx) => {
        const { value, notify_in_app } = rule
        await trx.insertInto('monitor_alert_rule').values({ monitor_id, ...rule }).onConflict((conflict) => conflict.columns(['monitor_id', 'rule_type']).doUpdateSet({ value, notify_in_app })).execute()
        await appendToMonitor(trx, monitor_id, edited('alert_rules', asked))
      }),
    addCheck: (check, asked, alerts = []) =>
      within(check.monitor_id, async (trx, monitor) => {
        await addCheck(trx, check, asked)
        await raiseAlerts(trx, monitor, { check, alerts, at: asked.now })
      }),
  }
}

async function create(trx: Trx, monitor: Omit<Monitor, 'created_by' | 'created_at'>, asked: Asked): Promise<Monitor> {
  const { model_id, team_id, name, monitor_id } = monitor
  // A client repeats a PUT after a broken connection, so two of one model and name wait for each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`signalbox-monitor:${model_id}:${name}`}, 0))`.execute(trx)
  const known = await trx.selectFrom('monitor').selectAll().where('model_id', '=', model_id).where('team_id', '=', team_id).where('name', '=', name).orderBy('created_at').executeTakeFirst()
  if (known !== undefined) return readMonitor(known)
  await insertMonitor(trx, monitor, asked)
  return readMonitor(await trx.selectFrom('monitor').selectAll().where('monitor_id', '=', monitor_id).executeTakeFirstOrThrow())
}

type Changing = 'create' | 'edit' | 'delete' | 'addItems' | 'deleteItem' | 'putRule' | 'addCheck'

type EditedPart = Extract<NewMonitorEvent, { type: 'monitor-edited' }>['payload']['part']

function edited(part: EditedPart, { actor, now: at }: Asked): NewMonitorEvent {
  return { type: 'monitor-edited', actor, at, payload: { part } }
}

async function addCheck(trx: Trx, check: MonitorCheck, { actor, now: at }: Asked): Promise<void> {
  const { check_id, monitor_id, rows, verdict, drifted, alerts, result } = check
  await trx.insertInto('monitor_check').values({ ...check, created_at: new Date(check.created_at) }).execute()
  await appendToMonitor(trx, monitor_id, { type: 'monitor-checked', actor, at, payload: { check_id, rows, verdict, drifted, alerts, result } })
}
