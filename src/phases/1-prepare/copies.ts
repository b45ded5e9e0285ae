import { join, name, sql } from '#core/sql'
import type { Table } from '#core/dataset'
import type { Cancellable, DataEngine } from '#core/ports'

/** How many rows repeat an earlier row in every column. */
export async function countCopies(table: Table, data: DataEngine, { signal }: Cancellable): Promise<number> {
  if (table.columns.length === 0 || table.rows < 2) return 0
  const columns = join(table.columns.map((column) => name(column.id)))
  const query = sql`select count(*) as rows from (select distinct ${columns} from t) d`
  const [row] = await data.query(query, { tables: { t: table.hash }, signal })
  return table.rows - Number(row?.rows ?? table.rows)
}

/** The first rows that others repeat, with how often each stands in the table. */
export async function exampleCopies(table: Table, data: DataEngine, { signal }: Cancellable): Promise<{ row: number; times: number }[]> {
  const columns = join(table.columns.map((column) => name(column.id)))
  const query = sql`select min(row_id) as first, count(*) as times from t group by ${columns} having count(*) > 1 order by first limit 5`
  const rows = await data.query(query, { tables: { t: table.hash }, signal })
  return rows.map((row) => ({ row: Number(row.first), times: Number(row.times) }))
}
