import type { Table } from '#core/dataset'
import type { DataEngine } from '#core/ports'
import { name, number, sql, type Sql } from '#core/sql'
import type { TextLevels } from './finding.ts'

/** A value of a text column, how many rows have it, and the first of them. */
export interface Level {
  readonly value: string
  readonly rows: number
  readonly first: number
}

/** More values than this are not read one by one; the rest is counted in SQL. */
export const levelLimit = 1000
const columnsAtOnce = 20

/** SQL of the values of a column with their rows: value, rows, first. */
export function levelsSql(id: string): Sql {
  return sql`select ${name(id)} as value, count(*) as rows, min(row_id) as first from t where ${name(id)} is not null group by 1`
}

/** The most frequent values of every text column, a few columns a query. */
export async function readLevels(table: Table, data: DataEngine, signal: AbortSignal): Promise<Map<string, TextLevels>> {
  const found = new Map<string, Level[]>()
  const texts = table.columns.filter((column) => column.type === 'text')
  for (const column of texts) found.set(column.id, [])
  for (let from = 0; from < texts.length; from += columnsAtOnce) {
    const parts = texts.slice(from, from + columnsAtOnce).map(
      ({ id }) => sql`(select ${id} as id, value, rows, first from (${levelsSql(id)}) l order by rows desc, first limit ${number(levelLimit + 1)})`,
    )
    const query = sql`${parts.reduce((all, part) => sql`${all} union all ${part}`)}`
    for (const row of await data.query(query, { tables: { t: table.hash }, signal })) {
      found.get(String(row.id))?.push({ value: String(row.value), rows: Number(row.rows), first: Number(row.first) })
    }
  }
  return new Map([...found].map(([id, levels]) => {
    const sorted = levels.sort((a, b) => b.rows - a.rows || a.first - b.first)
    return [id, { levels: sorted.slice(0, levelLimit), complete: sorted.length <= levelLimit }]
  }))
}
