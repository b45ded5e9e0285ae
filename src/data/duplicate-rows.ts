import type { Table } from '#core/dataset'
import { quotedName } from './quoted-text.ts'
import type { Session } from './session.ts'

/** Rows that equal an earlier row in all columns; missing equals missing. */
export async function countDuplicateRows(session: Session, table: Table): Promise<number> {
  const list = table.columns.map((column) => quotedName(column.id)).join(', ')
  const answer = await session.stream({
    parts: [`SELECT CAST(count(*) AS DOUBLE) AS n FROM (SELECT DISTINCT ${list} FROM source_table) AS different`],
    values: [],
  })
  for await (const chunk of answer.chunks) return table.rows - Number(chunk.getRowValues(0)[0])
  return 0
}
