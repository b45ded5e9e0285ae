import type { ColumnType } from '#core/dataset'

/** A type that text may have in full: what every cell must satisfy, and the cast that then loses nothing. */
export interface TypeTest {
  readonly type: ColumnType
  /** Of a cell that is not missing. */
  readonly holds: (cell: string) => string
  readonly cast: (cell: string) => string
  /** What the reader must say about it. */
  readonly note?: { readonly code: string; readonly detail: string }
}

const whole = '-?(0|[1-9][0-9]*)'
const decimal = '-?((0|[1-9][0-9]*)([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?'
const day = '[0-9]{4}-[0-9]{2}-[0-9]{2}'
const time = '([01][0-9]|2[0-3]):[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?'
const zone = ' ?(Z|[+-][0-9]{2}(:[0-9]{2})?)'
const largestWhole = '9007199254740992'

function matches(cell: string, pattern: string): string {
  return `regexp_full_match(${cell}, '${pattern}')`
}

/** In the order of preference: the first that holds for all cells is taken. Leading zeros and plus signs make text. */
export const typeTests: readonly TypeTest[] = [
  {
    type: 'integer',
    holds: (cell) => `${matches(cell, whole)} AND ${cell} <> '-0' AND abs(TRY_CAST(${cell} AS BIGINT)) <= ${largestWhole}`,
    cast: (cell) => `CAST(${cell} AS BIGINT)`,
  },
  {
    type: 'number',
    // A whole number that a double cannot hold is an identifier; as a number it would lose digits.
    holds: (cell) =>
      `${matches(cell, decimal)} AND isfinite(TRY_CAST(${cell} AS DOUBLE)) AND (length(${cell}) < 16 OR NOT ${matches(cell, whole)} OR abs(TRY_CAST(${cell} AS DOUBLE)) < ${largestWhole})`,
    cast: (cell) => `CAST(${cell} AS DOUBLE)`,
  },
  { type: 'boolean', holds: (cell) => `lower(${cell}) IN ('true', 'false')`, cast: (cell) => `(lower(${cell}) = 'true')` },
  {
    type: 'date',
    holds: (cell) => `${matches(cell, day)} AND TRY_CAST(${cell} AS DATE) IS NOT NULL`,
    cast: (cell) => `CAST(${cell} AS DATE)`,
  },
  {
    type: 'timestamp',
    holds: (cell) => `${matches(cell, `${day}[T ]${time}`)} AND TRY_CAST(${cell} AS TIMESTAMP) IS NOT NULL`,
    cast: (cell) => `CAST(${cell} AS TIMESTAMP)`,
  },
  {
    type: 'timestamp',
    holds: (cell) => `${matches(cell, `${day}[T ]${time}${zone}`)} AND TRY_CAST(${cell} AS TIMESTAMPTZ) IS NOT NULL`,
    cast: (cell) => `CAST(CAST(${cell} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP)`,
    note: { code: 'time_zone', detail: 'times with a zone were converted to UTC' },
  },
]
