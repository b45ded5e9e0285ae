import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { findColumn } from '#core/find-column'
import type { Cell } from '#core/ports'
import { readRawCell } from '#scoring/read-raw-cell'
import { tableOf, type SampleRows } from './sample-rows.ts'

/** The same rows in the columns that a version was fitted on: a column that is not there is missing, others are left out. */
export function alignSample(sample: SampleRows, columns: readonly Column[]): Result<SampleRows> {
  const sources = columns.map((column) => findColumn(sample.columns, column.name)?.name ?? null)
  if (sources.every((source) => source === null)) {
    const named = columns.slice(0, 5).map(({ name }) => JSON.stringify(name)).join(', ')
    return refuse('ROW_UNREADABLE', `The rows have none of the columns that this version was fitted on (${named}${columns.length > 5 ? ', …' : ''}).`)
  }
  const rows: Record<string, Cell>[] = []
  for (const [i, row] of sample.rows.entries()) {
    const cells: [string, Cell][] = []
    for (const [place, column] of columns.entries()) {
      const source = sources[place] ?? null
      const read = readRawCell(source === null ? null : row[source], column)
      if (!read.ok) return refuse('ROW_UNREADABLE', `Row ${i}, column ${JSON.stringify(column.name)}: expected ${read.expected}. Rows are counted from 0.`)
      cells.push([column.name, read.cell])
    }
    rows.push(Object.fromEntries(cells))
  }
  return accept({ columns, rows, count: rows.length, table: tableOf(columns, rows) })
}
