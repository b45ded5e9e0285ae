import type { Column, Table } from '#core/dataset'
import { rowIdColumn } from '#core/dataset'
import type { Cell, DataEngine } from '#core/ports'
import { join, name, number, sql } from '#core/sql'

/** How many rows show what prediction takes. */
const sampleSize = 5

interface SampleRequest {
  readonly data: DataEngine
  readonly table: Table
  /** Names of the columns of the raw table that the model reads. */
  readonly reads: readonly string[]
  readonly signal: AbortSignal
}

/** The first rows of the raw table as a client may send them: the columns that the model reads, never the label. */
export async function sampleRows({ data, table, reads, signal }: SampleRequest): Promise<Record<string, Cell>[]> {
  const columns = table.columns.filter((column) => reads.includes(column.name))
  if (columns.length === 0) return [{}]
  const query = sql`select ${join(columns.map((column) => name(column.id)))} from raw order by ${name(rowIdColumn)} limit ${number(sampleSize)}`
  const rows = await data.query(query, { tables: { raw: table.hash }, signal })
  return rows.map((row) => namedCells(row, columns))
}

/** A row of a query by the names that people see. */
export function namedCells(row: Readonly<Record<string, Cell>>, columns: readonly Column[]): Record<string, Cell> {
  return Object.fromEntries(columns.map((column) => [column.name, row[column.id] ?? null]))
}
