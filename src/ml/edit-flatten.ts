import { selectCells } from './edit-cells.ts'
import { copySurface, type Surface } from './edit-surface.ts'
import { elementAt } from './element-at.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { FlattenEdit } from './shape-edit.ts'

/** Gives all selected cells one score: the value of the edit, or the mean over their training rows. */
export function flattenSurface(surface: Surface, edit: FlattenEdit, outputs: readonly number[]): Surface | Refusal {
  const cells = selectCells(surface.axes, edit.where)
  if (isRefusal(cells)) return cells
  const flat = copySurface(surface)
  for (const output of outputs) levelCells(flat, { cells, output, value: edit.value })
  return flat
}

/** Cells of one output that are to become equal. */
export interface LevelledCells {
  readonly cells: readonly number[]
  readonly output: number
  /** Without it the mean over the training rows. */
  readonly value?: number | undefined
}

/**
 * Gives cells one score, in place. Their deviation, and the distances of the ends of their band from the score, become
 * the mean of those before: the deviation of a mean over the bags is at most that mean, so the band is rather too wide.
 */
export function levelCells(surface: Surface, { cells, output, value }: LevelledCells): void {
  const { weight, banded, lower, upper } = surface
  const scores = elementAt(surface.scores, output)
  const level = value ?? meanOfCells(scores, weight, cells)
  const withBand = cells.filter((cell) => cell >= banded)
  for (const ends of [lower?.[output], upper?.[output]]) {
    if (ends === undefined) continue
    const distance = meanOfCells(ends.map((end, cell) => end - elementAt(scores, cell)), weight, withBand)
    for (const cell of cells) ends[cell] = level + distance
  }
  const deviation = elementAt(surface.deviation, output)
  const spread = meanOfCells(deviation, weight, withBand)
  for (const cell of cells) {
    scores[cell] = level
    deviation[cell] = spread
  }
}

/** Mean weighted by rows, plain where there are none, and never outside the values whatever the rounding; 0 of none. */
function meanOfCells(values: Float64Array, weight: Float64Array, cells: readonly number[]): number {
  if (cells.length === 0) return 0
  const total = cells.reduce((sum, cell) => sum + elementAt(weight, cell), 0)
  let [sum, lowest, highest] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const cell of cells) {
    const value = elementAt(values, cell)
    sum += value * (total > 0 ? elementAt(weight, cell) / total : 1 / cells.length)
    lowest = Math.min(lowest, value)
    highest = Math.max(highest, value)
  }
  return Math.min(highest, Math.max(lowest, sum))
}
