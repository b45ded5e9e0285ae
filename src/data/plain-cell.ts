import { DuckDBDateValue, DuckDBDecimalValue, DuckDBTimestampTZValue, DuckDBTimestampValue } from '@duckdb/node-api'
import type { DuckDBValue } from '@duckdb/node-api'
import type { Cell } from '#core/ports'
import { isoDate, isoTimestamp } from './iso-text.ts'

/** A value of the database as a plain cell: whole numbers of any size as number, dates as ISO text, no NaN. */
export function plainCell(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof DuckDBDateValue) return value.isFinite ? isoDate(value.days) : null
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) {
    return isFiniteTime(value.micros) ? isoTimestamp(value.micros) : null
  }
  if (value instanceof DuckDBDecimalValue) return value.toDouble()
  return String(value)
}

/** DuckDB marks infinite times by the ends of the range. */
function isFiniteTime(micros: bigint): boolean {
  return micros < DuckDBTimestampValue.PosInf.micros && micros > DuckDBTimestampValue.NegInf.micros
}
