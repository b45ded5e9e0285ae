import { sql } from 'kysely'
import type { Database, Db, Trx } from './database.ts'

/** Results of steps under the hash of their inputs, so that nothing is computed twice. */
export interface Results {
  get(key: string, runId: string): Promise<string | undefined>
  put(key: string, value: string, used: { run_id: string; now: Date }): Promise<void>
}

export function results(database: Database): Results {
  const use = (trx: Database['db'], key: string, runId: string) =>
    trx.insertInto('result_use').values({ key, run_id: runId }).onConflict((conflict) => conflict.doNothing()).execute()
  return {
    get: (key, runId) =>
      database.transaction(async (trx) => {
        const row = await trx.selectFrom('result').select('value').where('key', '=', key).executeTakeFirst()
        if (row !== undefined) await use(trx, key, runId)
        return row?.value
      }),
    put: (key, value, used) =>
      database.transaction(async (trx) => {
        await trx.insertInto('result').values({ key, value, created_at: used.now }).onConflict((conflict) => conflict.doNothing()).execute()
        await use(trx, key, used.run_id)
      }),
  }
}

/** Drops results that no run uses any more. */
export async function dropUnusedResults(db: Db | Trx): Promise<void> {
  await sql`delete from result where not exists (select 1 from result_use where result_use.key = result.key)`.execute(db)
}
