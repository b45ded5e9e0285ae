import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Asked } from '#core/command'
import { SignalboxError } from '#core/errors'
import type { Monitor, NewMonitorEvent } from '#core/monitor'
import type { Database, Trx } from './database.ts'
import { hashesIn, requestErasure } from './erasures.ts'
import { appendEvents, streamHead } from './event-log.ts'
import type { Tables } from './tables.ts'

/** The version of the payload layouts of a monitor's events. */
const monitorEventVersion = 1

export function readMonitor(row: Selectable<Tables['monitor']>): Monitor {
  return { ...row, created_at: row.created_at.toISOString() }
}

/** Appends an event to the chain of a monitor, whose row the transaction holds. */
export async function appendToMonitor(trx: Trx, monitorId: string, event: NewMonitorEvent): Promise<void> {
  const stream = `monitor:${monitorId}`
  const head = await streamHead(trx, stream)
  if (await appendEvents(trx, stream, { head, events: [event], version: monitorEventVersion })) return
  throw new SignalboxError({ code: 'WRITE_CONFLICT', message: 'The monitor was changed at the same moment.' })
}

/** Work on a monitor whose row the transaction holds; false where there is none. */
export function withinMonitor({ transaction }: Database) {
  return (monitorId: string, work: (trx: Trx, monitor: Monitor) => Promise<unknown>): Promise<boolean> =>
    transaction(async (trx) => {
      const row = await trx.selectFrom('monitor').selectAll().where('monitor_id', '=', monitorId).forUpdate().executeTakeFirst()
      if (row === undefined) return false
      return (await work(trx, readMonitor(row))) !== false
    })
}

/** Makes a monitor with its first event; one with that id is left as it is. */
export async function insertMonitor(trx: Trx, monitor: Omit<Monitor, 'created_by' | 'created_at'>, { actor, now: at }: Asked): Promise<void> {
  const row = { ...monitor, created_by: actor.name, created_at: new Date(at) }
  const made = await trx
    .insertInto('monitor')
    .values(row)
    .onConflict((conflict) => conflict.column('monitor_id').doNothing())
    .returning('monitor_id')
    .executeTakeFirst()
  if (made === undefined) return
  const { monitor_id, team_id, model_id, version_id, run_id, content } = monitor
  await appendToMonitor(trx, monitor_id, { type: 'monitor-created', actor, at, payload: { team_id, model_id, version_id, run_id, content } })
}

/** Deletes a monitor with all that hangs on it; its chain stays, and what only it refers to is erased. */
export async function removeMonitor(trx: Trx, monitor: Monitor, { actor, now: at }: Asked): Promise<void> {
  const { monitor_id, content } = monitor
  const checks = await trx.selectFrom('monitor_check').select('result').where('monitor_id', '=', monitor_id).execute()
  const roots = hashesIn(JSON.stringify([content, ...checks]))
  await requestErasure(trx, { id: randomUUID(), roots, now: new Date(at) })
  await appendToMonitor(trx, monitor_id, { type: 'monitor-deleted', actor, at, payload: {} })
  await trx.deleteFrom('monitor').where('monitor_id', '=', monitor_id).execute()
}
