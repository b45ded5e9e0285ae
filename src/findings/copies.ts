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

/** Rows in whose copies examples are looked for, and values that these rows may have in the column that varies most. */
const leadingRows = 2_000

/** Some of the first rows that others repeat, with how often each stands in the table. */
export async function exampleCopies(table: Table, varied: string, { data, signal }: Cancellable & { readonly data: DataEngine }): Promise<{ row: number; times: number }[]> {
  const columns = join(table.columns.map((column) => name(column.id)))
  const key = name(varied)
  const like = table.rows <= 10 * leadingRows ? sql`` : sql` where ${key} in (select ${key} from t where row_id < ${leadingRows})`
  const query = sql`select min(row_id) as first, count(*) as times from t${like} group by ${columns} having count(*) > 1 order by first limit 5`
  const rows = await data.query(query, { tables: { t: table.hash }, signal })
  return rows.map((row) => ({ row: Number(row.first), times: Number(row.times) }))
}

/** The column of the most different values, by its id. */
export function mostVaried(columns: readonly { readonly id: string; readonly distinct: number }[]): string {
  return columns.reduce((best, one) => (one.distinct > best.distinct ? one : best), columns[0] ?? { id: '', distinct: 0 }).id
}
