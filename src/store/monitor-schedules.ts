import type { Selectable } from 'kysely'
import type { MonitorSchedule, MonitorStore } from '#core/monitor'
import { patient, type Database } from './database.ts'
import { appendToMonitor, withinMonitor } from './monitor-log.ts'
import type { Tables } from './tables.ts'

/** When monitors check what deployments keep, over Postgres. */
export function monitorSchedules(database: Database): Pick<MonitorStore, 'schedule' | 'putSchedule' | 'removeSchedule' | 'takeDue' | 'checkedTo'> {
  const { db, transaction } = database
  const within = withinMonitor(database)
  const reading = patient({
    async schedule(monitorId: string) {
      const row = await db.selectFrom('monitor_schedule').selectAll().where('monitor_id', '=', monitorId).executeTakeFirst()
      return row === undefined ? undefined : readSchedule(row)
    },
  })
  return {
    ...reading,
    putSchedule: ({ monitor_id, next_at, checked_to, ...rest }, { actor, now: at }) =>
      within(monitor_id, async (trx) => {
        const row = { ...rest, next_at: new Date(next_at), set_by: actor.name }
        await trx.insertInto('monitor_schedule').values({ monitor_id, ...row, checked_to: String(checked_to) }).onConflict((conflict) => conflict.column('monitor_id').doUpdateSet(row)).execute()
        await appendToMonitor(trx, monitor_id, { type: 'monitor-edited', actor, at, payload: { part: 'schedule' } })
      }),
    removeSchedule: (monitorId, { actor, now: at }) =>
      within(monitorId, async (trx) => {
        const gone = await trx.deleteFrom('monitor_schedule').where('monitor_id', '=', monitorId).returning('monitor_id').executeTakeFirst()
        if (gone === undefined) return false
        await appendToMonitor(trx, monitorId, { type: 'monitor-edited', actor, at, payload: { part: 'schedule' } })
        return true
      }),
    takeDue: (now, nextOf) =>
      transaction(async (trx) => {
        const row = await trx.selectFrom('monitor_schedule').selectAll().where('next_at', '<=', now).orderBy('next_at').limit(1).forUpdate().skipLocked().executeTakeFirst()
        if (row === undefined) return undefined
        const due = readSchedule(row)
        await trx.updateTable('monitor_schedule').set({ next_at: nextOf(due) }).where('monitor_id', '=', due.monitor_id).execute()
        return due
      }),
    async checkedTo(monitorId, position) {
      await db.updateTable('monitor_schedule').set({ checked_to: String(position) }).where('monitor_id', '=', monitorId).execute()
    },
  }
}

function readSchedule({ next_at, checked_to, set_by: _by, ...row }: Selectable<Tables['monitor_schedule']>): MonitorSchedule {
  return { ...row, next_at: next_at.toISOString(), checked_to: Number(checked_to) }
}
