import { selectCells } from './edit-cells.ts'
import { copySurface, moveScore, type Surface } from './edit-surface.ts'
import { elementAt } from './element-at.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { CapEdit } from './shape-edit.ts'

/** Lifts the selected scores to `low` and lowers them to `high`. Each band moves with its score, and keeps its width. */
export function capSurface(surface: Surface, edit: CapEdit, outputs: readonly number[]): Surface | Refusal {
  const cells = selectCells(surface.axes, edit.where)
  if (isRefusal(cells)) return cells
  const [low, high] = [edit.low ?? Number.NEGATIVE_INFINITY, edit.high ?? Number.POSITIVE_INFINITY]
  const capped = copySurface(surface)
  for (const output of outputs) {
    const curve = elementAt(surface.scores, output)
    for (const cell of cells) moveScore(capped, [output, cell], Math.min(high, Math.max(low, elementAt(curve, cell))))
  }
  return capped
}
