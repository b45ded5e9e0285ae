import { selectLines } from './edit-cells.ts'
import { copySurface, moveScore, type Surface } from './edit-surface.ts'
import { elementAt } from './element-at.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { SmoothEdit } from './shape-edit.ts'
import { smoothWhittaker } from './smooth-whittaker.ts'

/** Smooths each selected line (see `smooth-whittaker.ts`). Each band moves with its score, and keeps its width. */
export function smoothSurface(surface: Surface, edit: SmoothEdit, outputs: readonly number[]): Surface | Refusal {
  const selected = selectLines(surface.axes, edit)
  if (isRefusal(selected)) return selected
  const smooth = copySurface(surface)
  for (const output of outputs) {
    const curve = elementAt(surface.scores, output)
    for (const cells of selected.lines) {
      const values = Float64Array.from(cells, (cell) => elementAt(curve, cell))
      const weights = Float64Array.from(cells, (cell) => elementAt(surface.weight, cell))
      const found = smoothWhittaker(values, weights, edit.strength)
      for (const [i, cell] of cells.entries()) moveScore(smooth, [output, cell], elementAt(found, i))
    }
  }
  return smooth
}
