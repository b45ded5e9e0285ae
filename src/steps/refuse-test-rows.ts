import { accept, refuse, type Result } from '#core/errors'
import { sql, type Sql } from '#core/sql'
import type { FitRequest } from './compile-pipeline.ts'

/**
 * Counts the sealed rows among those that steps are about to learn from, and refuses where there is one. `sealed` is a
 * query of the row ids that must stay unseen.
 */
export async function refuseTestRows({ data, table, tables, signal, sealed }: FitRequest & { readonly sealed: Sql }): Promise<Result<null>> {
  const [found] = await data.query(sql`select count(*) as seen from ${table} where row_id in (${sealed})`, { tables, signal })
  const seen = Number(found?.seen ?? 0)
  return seen === 0 ? accept(null) : refuse('STEP_LEARNS_FROM_TEST_ROWS', `Steps would be fitted on ${seen} sealed test ${seen === 1 ? 'row' : 'rows'}.`)
}
