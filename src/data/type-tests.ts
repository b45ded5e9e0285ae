import type { ColumnType, Notation } from '#core/dataset'
import { characterClass } from './character-class.ts'

/** A type that text may have in full: what every cell must satisfy, and the cast that then loses nothing. */
export interface TypeTest {
  readonly type: ColumnType
  /** The classes of characters that cells of this type are made of. */
  readonly allowed: number
  /** Of which the column must hold one at least; without it an earlier test is the right one. */
  readonly needed: number
  /** Of a cell that is not missing. */
  readonly holds: (cell: string) => string
  readonly cast: (cell: string) => string
  /** How such cells are written, where that is not plain. */
  readonly notation?: Notation
  /** What the reader must say about it. */
  readonly note?: { readonly code: string; readonly detail: string }
}

const whole = '-?(0|[1-9][0-9]*)'
const decimal = '-?((0|[1-9][0-9]*)([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?'
const day = '[0-9]{4}-[0-9]{2}-[0-9]{2}'
const time = '([01][0-9]|2[0-3]):[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?'
const zone = ' ?(Z|[+-][0-9]{2}(:[0-9]{2})?)'
const { digit, minus, dot, exponent, plus, colon, dayEnd, blank, zulu, truth } = characterClass
const clock = digit | minus | dot | colon | dayEnd | blank
const largestWhole = '9007199254740992'

function matches(cell: string, pattern: string): string {
  return `regexp_full_match(${cell}, '${pattern}')`
}

/**
 * A long whole number is an identifier, unless a double has all its digits: then the shortest text of the double has
 * the same ones, zeros at the end aside.
 */
function keepsDigits(cell: string): string {
  const shortest = `split_part(CAST(TRY_CAST(${cell} AS DOUBLE) AS VARCHAR), 'e', 1)`
  return `NOT ${matches(cell, whole)} OR rtrim(replace(${shortest}, '.', ''), '0') = rtrim(${cell}, '0')`
}

/** In the order of preference: the first that holds for all cells is taken. Leading zeros and plus signs make text. */
export const typeTests: readonly TypeTest[] = [
  {
    type: 'integer',
    allowed: digit | minus,
    needed: digit,
    holds: (cell) => `${matches(cell, whole)} AND abs(TRY_CAST(${cell} AS BIGINT)) <= ${largestWhole}`,
    cast: (cell) => `CAST(${cell} AS BIGINT)`,
  },
  {
    type: 'number',
    allowed: digit | minus | dot | exponent | plus,
    needed: dot | exponent,
    holds: (cell) =>
      `${matches(cell, decimal)} AND isfinite(TRY_CAST(${cell} AS DOUBLE))
        AND (length(${cell}) < 16 OR ${keepsDigits(cell)})`,
    cast: (cell) => `CAST(${cell} AS DOUBLE)`,
  },
  {
    type: 'boolean',
    allowed: exponent | dayEnd | truth,
    needed: exponent,
    holds: (cell) => `lower(${cell}) IN ('true', 'false')`,
    cast: (cell) => `(lower(${cell}) = 'true')`,
  },
  {
    type: 'date',
    allowed: digit | minus,
    needed: minus,
    holds: (cell) => `${matches(cell, day)} AND TRY_CAST(${cell} AS DATE) IS NOT NULL`,
    cast: (cell) => `CAST(${cell} AS DATE)`,
  },
  {
    type: 'timestamp',
    allowed: clock,
    needed: colon,
    holds: (cell) => `${matches(cell, `${day}[T ]${time}`)} AND TRY_CAST(${cell} AS TIMESTAMP) IS NOT NULL`,
    cast: (cell) => `CAST(${cell} AS TIMESTAMP)`,
  },
  {
    type: 'timestamp',
    allowed: clock | plus | zulu,
    needed: colon,
    holds: (cell) => `${matches(cell, `${day}[T ]${time}${zone}`)} AND TRY_CAST(${cell} AS TIMESTAMPTZ) IS NOT NULL`,
    cast: (cell) => `CAST(CAST(${cell} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP)`,
    note: { code: 'time_zone', detail: 'times with a zone were converted to UTC' },
  },
]
