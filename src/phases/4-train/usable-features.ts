import type { Column } from '#core/dataset'
import type { Labelled, LeftOut } from '#core/outcomes'
import type { CategoryValues, NumericValues, Values } from '#core/ports'
import type { Feature } from './schema.ts'

/** A column that a model may learn from, and how it is read. */
export interface UsableColumn extends Feature {
  readonly column: Column
}

/** How the columns of a table are read: text as categories, everything else as numbers. */
export function featureColumns(labelled: Labelled): UsableColumn[] {
  return labelled.features.map((column) => ({
    column,
    name: column.name,
    kind: column.type === 'text' ? 'category' : 'numeric',
  }))
}

/** Text columns in which more than this share of the rows has a value of its own say nothing about new rows. */
const FREE_TEXT_SHARE = 0.5
const FREE_TEXT_LEVELS = 50

/** Why the values of the training rows make a column useless to every trainer, or null. */
export function findUseless({ column, name }: UsableColumn, values: Values): LeftOut | null {
  const of = { column: column.id, name }
  const distinct = values.kind === 'numeric' ? hasTwoNumbers(values) : presentLevels(values)
  if (distinct === 0) return { ...of, reason: 'empty', text: `"${name}" has no value in any training row.` }
  if (distinct === 1 && !hasMissing(values))
    return { ...of, reason: 'constant', text: `"${name}" has one value only in the training rows.` }
  const rows = values.kind === 'category' ? values.codes.length : 0
  if (values.kind === 'category' && distinct > FREE_TEXT_LEVELS && distinct > FREE_TEXT_SHARE * rows) {
    const text = `"${name}" has ${distinct} different texts in ${rows} training rows, so a value says nothing about the next row.`
    return { ...of, reason: 'free_text', text }
  }
  return null
}

/** 0, 1, or 2 for "two or more" different numbers. */
function hasTwoNumbers({ values }: NumericValues): number {
  let first = Number.NaN
  for (const value of values) {
    if (Number.isNaN(value)) continue
    if (Number.isNaN(first)) first = value
    else if (value !== first) return 2
  }
  return Number.isNaN(first) ? 0 : 1
}

function presentLevels({ codes, levels }: CategoryValues): number {
  const present = new Uint8Array(levels.length)
  let count = 0
  for (const code of codes) {
    if (code < 0 || present[code] === 1) continue
    present[code] = 1
    count++
  }
  return count
}

function hasMissing(values: Values): boolean {
  return values.kind === 'numeric'
    ? values.values.some((value) => Number.isNaN(value))
    : values.codes.some((code) => code < 0)
}
