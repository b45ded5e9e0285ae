import type { Json } from '#core/canonical-json'
import type { Column, ColumnType } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { join, name, sql, type Sql } from '#core/sql'

/** Rows that came inside a request, as a table that steps can be tried on. */
export interface SampleRows {
  readonly columns: readonly Column[]
  /** A query of the rows; it needs no stored table. */
  readonly table: Sql
  readonly count: number
  /** The same rows by display name. */
  readonly rows: ReadonlyArray<Readonly<Record<string, Cell>>>
}

type SentRow = Readonly<Record<string, Json>>

const mostCells = 50_000
const isoDate = /^\d{4}-\d\d-\d\d$/u
const isoMoment = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?$/u

/** Types each column by its values, as the reader of files does: a column of several kinds is text. */
export function readSampleRows(sent: readonly SentRow[]): Result<SampleRows> {
  const names = [...new Set(sent.flatMap((row) => Object.keys(row)))]
  if (names.length === 0) return refuse('VALIDATION_FAILED', 'sample_data: expected rows with at least one column, received none.')
  if (names.includes('')) return refuse('VALIDATION_FAILED', 'sample_data: a column has no name.')
  if (names.length * sent.length > mostCells) {
    return refuse('VALIDATION_FAILED', `sample_data has ${sent.length} rows of ${names.length} columns; at most ${mostCells} cells are read.`, { suggestion: 'Send fewer rows, or upload them with POST /v1/datasets/upload.' })
  }
  for (const [i, row] of sent.entries()) {
    const nested = Object.entries(row).find(([, value]) => typeof value === 'object' && value !== null)
    if (nested !== undefined) return refuse('ROW_UNREADABLE', `Row ${i}, column ${JSON.stringify(nested[0])}: expected a text, a number, true, false or null, received ${Array.isArray(nested[1]) ? 'a list' : 'an object'}. Rows are counted from 0.`)
  }
  const columns = names.map((given, i): Column => ({ id: `c${i}`, name: given, type: typeOf(sent.map((row) => cellOf(row, given))) }))
  const rows = sent.map((row) => Object.fromEntries(columns.map((column) => [column.name, typed(cellOf(row, column.name), column.type)])))
  return accept({ columns, rows, count: rows.length, table: tableOf(columns, rows) })
}

/** The nested values were refused before. */
function cellOf(row: SentRow, column: string): Cell {
  const value = Object.hasOwn(row, column) ? row[column] : null
  return typeof value === 'object' || value === undefined ? null : value
}

function typeOf(cells: readonly Cell[]): ColumnType {
  const found = cells.filter((cell) => cell !== null)
  if (found.length === 0) return 'text'
  if (found.every((cell) => typeof cell === 'number')) return found.every(Number.isSafeInteger) ? 'integer' : 'number'
  if (found.every((cell) => typeof cell === 'boolean')) return 'boolean'
  if (!found.every((cell) => typeof cell === 'string')) return 'text'
  if (found.every((cell) => isoDate.test(cell) && isReal(cell))) return 'date'
  return found.every((cell) => isoMoment.test(cell) && isReal(cell.slice(0, 10))) ? 'timestamp' : 'text'
}

/** Whether there is such a day: JavaScript would take the 30th of February for the 1st of March. */
function isReal(day: string): boolean {
  const read = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day)
}

function typed(cell: Cell, type: ColumnType): Cell {
  return cell === null || type !== 'text' ? cell : String(cell)
}

const sqlTypes: Readonly<Record<ColumnType, Sql>> = { text: sql`varchar`, number: sql`double`, integer: sql`bigint`, boolean: sql`boolean`, date: sql`date`, timestamp: sql`timestamp` }

/** Rows by display name as a query over the ids of their columns. */
export function tableOf(columns: readonly Column[], rows: SampleRows['rows']): Sql {
  const lines = rows.map((row, i) => sql`(${i}, ${join(columns.map((column) => sql`${row[column.name] ?? null}`))})`)
  const typedColumns = columns.map(({ id, type }) => sql`cast(${name(id)} as ${sqlTypes[type]}) as ${name(id)}`)
  const ids = join([sql`row_id`, ...columns.map(({ id }) => name(id))])
  return sql`(select cast(row_id as bigint) as row_id, ${join(typedColumns)} from (values ${join(lines)}) sent (${ids})) s`
}
