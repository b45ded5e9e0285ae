import type { ColumnType } from '#core/dataset'
import type { Cell } from '#core/ports'
import { cellNumber } from '#steps/cell-number'

/** A cell as the model reads it: text stays, everything else becomes a number as in the batch path; null is missing. */
export function featureValue(cell: Cell, type: ColumnType): number | string | null {
  if (cell === null) return null
  return type === 'text' ? String(cell) : cellNumber(cell, type)
}
