import type { Column } from '#core/dataset'
import { columnKey } from '#core/find-column'
import type { Cell } from '#core/ports'
import { readRawCell } from './read-raw-cell.ts'
import type { ScorerDocument } from './scorer-schema.ts'

/** Why a row cannot be scored. */
export interface RowFault {
  /** As the row names it; null where the row as a whole is meant. */
  readonly column: string | null
  readonly expected: string
  readonly received: unknown
}

/** The cells of one raw row after another, by position in the columns that the model reads. */
export interface RawCells {
  readonly columns: readonly Column[]
  /** What was read last; null is missing. */
  readonly cells: Cell[]
  /** How many columns the row lacked, and for each whether it was one of them. */
  absent(): number
  readonly isAbsent: Uint8Array
  read(row: unknown): RowFault | null
}

/** More different names than this are looked up anew each time, so that strange rows cannot fill the memory. */
const mostNames = 10_000

/** Reads raw rows as `rowReader` does, into the same room again and again: a plain row costs no memory. */
export function rawCells({ columns: all, reads }: ScorerDocument['pipeline']): RawCells {
  const columns = reads.flatMap((name) => all.find((column) => column.name === name) ?? [])
  const names = columns.map(({ name }) => name)
  // A name that every object answers to is asked for as the row's own.
  const inherited = names.map((name) => name in Object.prototype)
  const plain = columns.map(({ type, notation }) => (notation !== undefined ? 'none' : type === 'text' ? 'string' : type === 'number' || type === 'integer' ? 'number' : 'none'))
  const cells: Cell[] = columns.map(() => null)
  const isAbsent = new Uint8Array(columns.length)
  const forgive = forgivingPlaces(all, columns)
  const some = `at least one of the columns that the model reads (${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''})`
  let absent = 0

  function readCell(i: number, value: unknown, name: string): RowFault | null {
    if (typeof value === 'number' && !Number.isFinite(value)) return { column: name, expected: 'a number below 1.8e308', received: value }
    const read = readRawCell(value, columns[i] as Column)
    if (!read.ok) return { column: name, expected: read.expected, received: value }
    cells[i] = read.cell
    return null
  }

  function readForgiven(row: Readonly<Record<string, unknown>>): RowFault | null {
    for (const name of Object.keys(row)) {
      const i = forgive(name)
      if (i < 0 || isAbsent[i] === 0) continue
      const fault = readCell(i, row[name], name)
      if (fault !== null) return fault
      isAbsent[i] = 0
      absent -= 1
    }
    return null
  }

  function read(row: unknown): RowFault | null {
    if (!isObject(row)) return { column: null, expected: 'an object', received: row }
    absent = 0
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string
      const value = inherited[i] === true && !Object.hasOwn(row, name) ? undefined : row[name]
      isAbsent[i] = 0
      if (typeof value === plain[i] && (typeof value === 'string' || Number.isFinite(value))) cells[i] = value as string | number
      else if (value === undefined) {
        cells[i] = null
        isAbsent[i] = 1
        absent += 1
      } else if (value === null) cells[i] = null
      else {
        const fault = readCell(i, value, name)
        if (fault !== null) return fault
      }
    }
    if (absent === 0) return null
    const fault = readForgiven(row)
    if (fault !== null) return fault
    return absent < names.length ? null : { column: null, expected: some, received: 'none of them' }
  }

  return { columns, cells, isAbsent, absent: () => absent, read }
}

function isObject(row: unknown): row is Readonly<Record<string, unknown>> {
  return typeof row === 'object' && row !== null && !Array.isArray(row)
}

/** The position of the column that a name means with blanks and case forgiven, or -1. */
function forgivingPlaces(all: readonly Column[], columns: readonly Column[]): (name: string) => number {
  const byKey = new Map<string, string | null>()
  for (const { name } of all) byKey.set(columnKey(name), byKey.has(columnKey(name)) ? null : name)
  const exact = new Set(all.map(({ name }) => name))
  const known = new Map<string, number>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const meant = exact.has(name) ? null : byKey.get(columnKey(name))
    const place = columns.findIndex((column) => column.name === meant)
    if (known.size < mostNames && name.length < 1_000) known.set(name, place)
    return place
  }
}
