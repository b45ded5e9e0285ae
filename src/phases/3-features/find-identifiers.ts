import { countText } from '#core/number-text'
import type { LoadedColumn } from './load-rows.ts'
import { nameParts } from '#core/query-tokens'
import { distinctNumbers, presentLevels, usableColumns } from './usable-columns.ts'

/** A column that names the row, and why it is taken for one. */
export interface Identifier {
  readonly column: LoadedColumn
  readonly reason: 'identifier' | 'free_text'
  readonly distinct: number
  readonly text: string
}

const keyWords = new Set(['id', 'ids', 'uuid', 'guid', 'key', 'identifier'])
/** Fewer rows do not tell a key from a measure that happens never to repeat. */
const fewestRows = 50
/** Texts of which fewer are different rather have too many values than name the row. */
const nearlyAll = 0.95

/** Columns whose values hardly recur, so that nothing learnt of one says anything about another row. */
export function findIdentifiers(columns: readonly LoadedColumn[]): Identifier[] {
  return columns.flatMap((one) => textIdentifier(one) ?? numberIdentifier(one) ?? [])
}

function textIdentifier(one: LoadedColumn): Identifier | null {
  const { values } = one
  if (values.kind !== 'category' || values.codes.length < fewestRows || usableColumns([one]).length > 0) return null
  const distinct = presentLevels(values.codes, values.levels.length)
  if (distinct < 2) return null
  const words = values.levels.slice(0, 200).reduce((sum, level) => sum + level.trim().split(/\s+/u).length, 0) / Math.min(200, values.levels.length)
  const text = `${countText(distinct, 'different text')} on ${countText(values.codes.length, 'training row')}, so that a value says nothing about the next row.`
  return { column: one, reason: words >= 3 || distinct < values.codes.length * nearlyAll ? 'free_text' : 'identifier', distinct, text }
}

/** Whole numbers that are all different and only rise, or whose name says that they are a key. */
function numberIdentifier(one: LoadedColumn): Identifier | null {
  const { values, column } = one
  if (values.kind !== 'numeric' || column.type !== 'integer' || values.values.length < fewestRows) return null
  const rows = values.values.length
  if (values.values.some((value) => Number.isNaN(value)) || distinctNumbers(values.values, rows) < rows) return null
  const keyed = keyWords.has(nameParts(column.name).at(-1) ?? '')
  const rises = values.values.every((value, row) => row === 0 || value > (values.values[row - 1] ?? 0))
  const [first = 0, last = 0] = [values.values[0], values.values[rows - 1]]
  // Years in order are a measure; what counts rows passes over few numbers.
  const counts = rises && last - first < rows * 20 && !(first >= 1500 && last <= 2200)
  if (!keyed && !counts) return null
  const why = keyed ? 'its name says that it is a key' : 'they only rise from row to row'
  return { column: one, reason: 'identifier', distinct: rows, text: `All ${countText(rows, 'value')} in the training rows are different and ${why}: it names the row.` }
}
