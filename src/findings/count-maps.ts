import type { Column, Table } from '#core/dataset'
import type { Cancellable, Cell, DataEngine } from '#core/ports'
import { name, number, sql, type Sql } from '#core/sql'

/** How the values of a column go with those of the label, over the rows that have both. */
export interface MapCounts {
  readonly id: string
  readonly rows: number
  /** Different values of the column, and different pairs with the label. */
  readonly values: number
  readonly pairs: number
  /** Rows that hold the most frequent label of their value. */
  readonly agreeing: number
  /** Rows whose value stands on five rows or more. */
  readonly repeated: number
}

export interface LabelledRows extends Cancellable {
  readonly data: DataEngine
  readonly table: Table
  readonly label: Column
}

/** More rows than this are first looked at in a sample. */
export const screenRows = 20_000
/** Cells that one query counts; each column of it is grouped by itself. */
const cellsAtOnce = 1_600_000

/** Every `step`-th row by row id, or all. */
export function rowsSql(step: number): Sql {
  return step <= 1 ? sql`t` : sql`(select * from t where mod(row_id, ${number(step)}) = 0) s`
}

/** Counts how each column maps to the label, some columns a query. */
export async function countMaps(rows: LabelledRows, columns: readonly Column[], step: number): Promise<MapCounts[]> {
  const found: MapCounts[] = []
  const columnsAtOnce = Math.max(4, Math.min(40, Math.floor(cellsAtOnce / Math.max(1, rows.table.rows / Math.max(1, step)))))
  for (let from = 0; from < columns.length; from += columnsAtOnce) {
    const parts = columns.slice(from, from + columnsAtOnce).map((column) => mapSql(column, rows.label, step))
    const query = parts.reduce((all, part) => sql`${all} union all ${part}`)
    for (const row of await rows.data.query(query, { tables: { t: rows.table.hash }, signal: rows.signal })) found.push(toCounts(row))
  }
  return found
}

function mapSql(column: Column, label: Column, step: number): Sql {
  const [f, l] = [name(column.id), name(label.id)]
  const pairs = sql`select ${f} as f, ${l} as l, count(*) as n from ${rowsSql(step)} where ${f} is not null and ${l} is not null group by 1, 2`
  const values = sql`select f, sum(n) as total, max(n) as best, count(*) as labels from (${pairs}) p group by f`
  return sql`select ${column.id} as id, count(*) as value_count, sum(total) as row_count, sum(best) as agreeing, sum(labels) as pairs,
    sum(case when total >= 5 then total else 0 end) as repeated from (${values}) v`
}

function toCounts(row: Record<string, Cell>): MapCounts {
  return {
    id: String(row.id), rows: Number(row.row_count ?? 0), values: Number(row.value_count ?? 0), pairs: Number(row.pairs ?? 0),
    agreeing: Number(row.agreeing ?? 0), repeated: Number(row.repeated ?? 0),
  }
}

/** How often labels of the same frequency occur among the rows that have the column: what the chance of a map needs. */
export async function labelFrequencies(rows: LabelledRows, column: Column): Promise<{ rows: number; times: number }[]> {
  const [f, l] = [name(column.id), name(rows.label.id)]
  const query = sql`select n, count(*) as times from (select count(*) as n from t where ${f} is not null and ${l} is not null group by ${l}) c group by n order by n`
  const found = await rows.data.query(query, { tables: { t: rows.table.hash }, signal: rows.signal })
  return found.map((row) => ({ rows: Number(row.n), times: Number(row.times) }))
}

/** The table of values against labels, most frequent first. */
export async function crossTable(rows: LabelledRows, column: Column, limit: number): Promise<{ value: Cell; label: Cell; rows: number }[]> {
  const [f, l] = [name(column.id), name(rows.label.id)]
  const query = sql`select ${f} as value, ${l} as label, count(*) as n from t where ${f} is not null and ${l} is not null group by 1, 2 order by n desc, value, label limit ${number(limit)}`
  const found = await rows.data.query(query, { tables: { t: rows.table.hash }, signal: rows.signal })
  return found.map((row) => ({ value: row.value ?? null, label: row.label ?? null, rows: Number(row.n) }))
}
