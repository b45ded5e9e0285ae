import type { Table } from '#core/dataset'
import { join, name, sql } from '#core/sql'
import type { Sql } from '#core/sql'
import type { Session } from './session.ts'

/** Rows that equal an earlier row in all columns; missing equals missing. */
export async function countDuplicateRows(session: Session, table: Table, source: Sql): Promise<number> {
  const list = join(table.columns.map((column) => name(column.id)))
  const answer = await session.stream(
    sql`SELECT count(*) AS n FROM (SELECT DISTINCT ${list} FROM ${source} AS stored) AS different`,
  )
  for await (const chunk of answer.chunks) return table.rows - Number(chunk.getRowValues(0)[0])
  return 0
}
