import type { ColumnFacts } from './schema.ts'

/** Why a column cannot say how much each row counts, or null where it can. */
export function weightFault(column: ColumnFacts, label: Pick<ColumnFacts, 'id'>): string | null {
  const { id, name, type, missing, min, max } = column
  if (id === label.id) return `"${name}" is predicted, so it cannot weigh the rows.`
  if (type !== 'number' && type !== 'integer') return `"${name}" holds no numbers, so it cannot weigh the rows.`
  if (missing > 0) return `"${name}" is missing in ${missing.toLocaleString('en-US')} ${missing === 1 ? 'row' : 'rows'}, so it cannot weigh the rows; fill it in data_preparation.`
  if (min === null || max === null || !Number.isFinite(min) || !Number.isFinite(max)) return `"${name}" is not finite in every row, so it cannot weigh the rows.`
  if (min < 0) return `"${name}" goes down to ${min}, and a weight is at least 0.`
  return max === 0 ? `"${name}" is 0 in every row, so no row would count.` : null
}
