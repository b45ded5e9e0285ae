import type { Column } from '#core/dataset'
import { columnKey } from '#core/find-column'
import type { Cell } from '#core/ports'
import { readRawCell } from './read-raw-cell.ts'
import type { ScorerDocument } from './scorer-schema.ts'

/** What a reader has to know: the columns of the raw table, and which of them are read. */
type ReadColumns = Pick<ScorerDocument['pipeline'], 'columns' | 'reads'>

export type RawRow = Readonly<Record<string, Cell>>

export type ReadRow =
  | { readonly ok: true; readonly row: RawRow }
  | { readonly ok: false; readonly column: string | null; readonly expected: string; readonly received: unknown }

/** More different names than this are looked up anew each time, so that strange rows cannot fill the memory. */
const mostNames = 10_000

/**
 * Compiles a reader of raw rows as clients send them. It takes the columns that the model reads, blanks and case of
 * their names forgiven where one matches, and ignores all others, the label among them.
 */
export function rowReader({ pipeline }: { readonly pipeline: ReadColumns }): (row: unknown) => ReadRow {
  const known = new Map<string, Column | null>()
  const find = nameFinder(pipeline)
  function columnOf(name: string): Column | null {
    const before = known.get(name)
    if (before !== undefined) return before
    const column = find(name)
    if (known.size < mostNames) known.set(name, column)
    return column
  }
  const reads = pipeline.reads.slice(0, 5).join(', ')
  const some = `at least one of the columns that the model reads (${reads}${pipeline.reads.length > 5 ? ', …' : ''})`
  return function readRow(row) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return { ok: false, column: null, expected: 'an object', received: row }
    // Without a prototype, so that a column may have any name.
    const cells: Record<string, Cell> = Object.create(null)
    let found = pipeline.reads.length === 0
    for (const [name, value] of Object.entries(row)) {
      const column = columnOf(name)
      if (column === null || (column.name !== name && Object.hasOwn(cells, column.name))) continue
      const read = readRawCell(value, column)
      if (!read.ok) return { ok: false, column: name, expected: read.expected, received: value }
      cells[column.name] = read.cell
      found = true
    }
    return found ? { ok: true, row: cells } : { ok: false, column: null, expected: some, received: 'none of them' }
  }
}

/** Finds the column of the raw table that a name means, or null where the model does not read it. */
function nameFinder({ columns, reads }: ReadColumns): (name: string) => Column | null {
  const read = new Set(reads)
  const exact = new Map(columns.map((column) => [column.name, column]))
  const byKey = new Map<string, Column | null>()
  for (const column of columns) {
    const key = columnKey(column.name)
    byKey.set(key, byKey.has(key) ? null : column)
  }
  return (name) => {
    const column = exact.get(name) ?? byKey.get(columnKey(name)) ?? null
    return column !== null && read.has(column.name) ? column : null
  }
}
