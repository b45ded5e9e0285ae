import { sql } from 'kysely'
import type { Database } from './database.ts'

/** Who works on which run. A worker is alive while it holds the advisory lock of its id; a lease of any other is free. */
export interface Leases {
  /** True where the lease is now ours. */
  take(runId: string, workerId: string, now: Date): Promise<boolean>
  release(runId: string, workerId: string): Promise<void>
  /** Runs that are owed a step and on which nobody alive works. */
  abandoned(limit: number): Promise<string[]>
}

/** The key of a worker's advisory lock. */
export function workerLock(workerId: string) {
  return sql<string>`hashtextextended(${`signalbox-worker:${workerId}`}, 0)`
}

export function leases(database: Database): Leases {
  return {
    take: (runId, workerId, now) =>
      database.transaction(async (trx) => {
        const fresh = await trx
          .insertInto('lease')
          .columns(['run_id', 'worker_id', 'taken_at'])
          .expression((builder) => builder.selectFrom('run').select([sql<string>`run_id`.as('run_id'), sql<string>`${workerId}::uuid`.as('worker_id'), sql<Date>`${now}::timestamptz`.as('taken_at')]).where('run_id', '=', runId))
          .onConflict((conflict) => conflict.column('run_id').doNothing())
          .returning('run_id')
          .executeTakeFirst()
        if (fresh !== undefined) return true
        const held = await trx.selectFrom('lease').select('worker_id').where('run_id', '=', runId).forUpdate().executeTakeFirst()
        if (held === undefined || held.worker_id === workerId) return false
        const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(${workerLock(held.worker_id)}) as free`.execute(trx)
        if (rows[0]?.free !== true) return false
        await trx.updateTable('lease').set({ worker_id: workerId, taken_at: now }).where('run_id', '=', runId).execute()
        return true
      }),
    async release(runId, workerId) {
      await database.db.deleteFrom('lease').where('run_id', '=', runId).where('worker_id', '=', workerId).execute()
    },
    abandoned: (limit) =>
      database.transaction(async (trx) => {
        const owed = await trx
          .selectFrom('run')
          .leftJoin('lease', 'lease.run_id', 'run.run_id')
          .select(['run.run_id', 'lease.worker_id'])
          .where('run.owed', '=', true)
          .orderBy('run.created_at')
          .limit(limit)
          .execute()
        const dead = new Map<string, boolean>()
        for (const { worker_id } of owed) {
          if (worker_id === null || dead.has(worker_id)) continue
          const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(${workerLock(worker_id)}) as free`.execute(trx)
          dead.set(worker_id, rows[0]?.free === true)
        }
        return owed.filter(({ worker_id }) => worker_id === null || dead.get(worker_id) === true).map(({ run_id }) => run_id)
      }),
  }
}
