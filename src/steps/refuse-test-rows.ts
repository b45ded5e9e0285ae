import { accept, refuse, type Result } from '#core/errors'
import { sql, type Sql } from '#core/sql'
import type { Pipeline } from './compile-pipeline.ts'
import type { FitSource } from './step-type.ts'

/**
 * Counts the sealed rows among those that steps are about to learn from, and refuses where there is one. `sealed` is a
 * query of the row ids that must stay unseen. Steps that keep nothing of the rows may see all of them.
 */
export async function refuseTestRows(pipeline: Pipeline, { sealed, table, ...source }: Omit<FitSource, 'rows'> & { readonly table: Sql; readonly sealed: Sql }): Promise<Result<null>> {
  const learning = pipeline.steps.filter((step) => !step.rowwise)
  if (learning.length === 0) return accept(null)
  const query = sql`select count(*) as seen from ${table} where row_id in (${sealed})`
  const [found] = await source.data.query(query, { tables: source.tables, signal: source.signal })
  const seen = Number(found?.seen ?? 0)
  if (seen === 0) return accept(null)
  const named = learning.slice(0, 3).map(({ spec }) => `"${spec.id}" (${spec.type})`).join(', ')
  return refuse('STEP_LEARNS_FROM_TEST_ROWS', `Step ${named} would learn from ${seen} sealed test ${seen === 1 ? 'row' : 'rows'}.`)
}
