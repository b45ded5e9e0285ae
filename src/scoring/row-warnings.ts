import type { ColumnType } from '#core/dataset'
import type { Value } from '#ml/compiled-model'

/** What a caller should know of a row that was scored all the same. */
export interface RowWarning {
  readonly code: 'MISSING_COLUMN' | 'UNKNOWN_CATEGORY' | 'OUT_OF_RANGE'
  /** The column of the row, or the feature that was made of it. */
  readonly column: string
  readonly message: string
}

/** Least and greatest value of the training rows: days of a date, seconds of a time. */
export interface FeatureRange {
  readonly low: number
  readonly high: number
}

/** So many columns that a row lacks are named one by one. */
const mostNamed = 20

export function absentWarnings(names: readonly string[]): RowWarning[] {
  const named = names.slice(0, mostNamed).map((column): RowWarning => ({ code: 'MISSING_COLUMN', column, message: `The row has no column ${shown(column)}; it was scored as a missing value.` }))
  const [next] = names.slice(mostNamed)
  if (next === undefined) return named
  return [...named, { code: 'MISSING_COLUMN', column: next, message: `The row lacks ${names.length - mostNamed} further columns, ${shown(next)} the first of them.` }]
}

export function unseenWarning(column: string, value: Value): RowWarning {
  return { code: 'UNKNOWN_CATEGORY', column, message: `${shown(value)} is no category of ${shown(column)} that the model was trained on; it was scored as an unknown one.` }
}

export function rangeWarning({ name, type, range }: { name: string; type: ColumnType; range: FeatureRange }, value: number): RowWarning {
  const [low, high, given] = [range.low, range.high, value].map((number) => textOf(number, type))
  return { code: 'OUT_OF_RANGE', column: name, message: `${given} lies outside the training range of ${shown(name)}, ${low} to ${high}.` }
}

function textOf(value: number, type: ColumnType): string {
  if (type !== 'date' && type !== 'timestamp') return String(value)
  const moment = new Date(value * (type === 'date' ? 86_400_000 : 1_000))
  if (Number.isNaN(moment.getTime())) return String(value)
  return moment.toISOString().slice(0, type === 'date' ? 10 : 19)
}

function shown(value: Value): string {
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text
}
