import { selectLines } from './edit-cells.ts'
import { copySurface, moveScore, type Surface } from './edit-surface.ts'
import { elementAt } from './element-at.ts'
import { makeDecreasing, makeIncreasing } from './isotonic.ts'
import type { Direction } from './model.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { MonotoniseEdit } from './shape-edit.ts'

/** A surface whose lines go one way, and which. */
export interface MonotonisedSurface {
  readonly surface: Surface
  readonly direction: Direction
}

/**
 * The nearest surface whose selected lines go one way: isotonic regression of each line weighted by its training rows
 * (pool adjacent violators), as interpret's `monotonize` does on a curve. `auto` takes the direction in which the
 * weighted squared change over all lines is smaller (interpret takes the sign of a rank correlation). Bins without rows
 * follow their neighbours. Each band moves with its score, and keeps its width.
 */
export function monotoniseSurface(surface: Surface, edit: MonotoniseEdit): MonotonisedSurface | Refusal {
  const selected = selectLines(surface.axes, edit)
  if (isRefusal(selected)) return selected
  const { axis, lines } = selected
  if (edit.direction !== 'auto') return { surface: bend(surface, lines, edit.direction), direction: edit.direction }
  const [up, down] = [bend(surface, lines, 'increasing'), bend(surface, lines, 'decreasing')]
  const [costUp, costDown] = [squaredChange(surface, up), squaredChange(surface, down)]
  const direction = costUp === costDown ? (axis.monotone ?? 'increasing') : costUp < costDown ? 'increasing' : 'decreasing'
  return { surface: direction === 'increasing' ? up : down, direction }
}

function bend(surface: Surface, lines: readonly number[][], direction: Direction): Surface {
  const bent = copySurface(surface)
  for (const [k, curve] of surface.scores.entries()) {
    for (const cells of lines) {
      const values = Float64Array.from(cells, (cell) => elementAt(curve, cell))
      const weights = cells.map((cell) => elementAt(surface.weight, cell))
      if (direction === 'increasing') makeIncreasing(values, weights)
      else makeDecreasing(values, weights)
      for (const [i, cell] of cells.entries()) moveScore(bent, [k, cell], elementAt(values, i))
    }
  }
  return bent
}

function squaredChange(before: Surface, after: Surface): number {
  let sum = 0
  for (const [k, curve] of before.scores.entries()) {
    for (const [cell, score] of curve.entries()) sum += elementAt(before.weight, cell) * (score - elementAt(elementAt(after.scores, k), cell)) ** 2
  }
  return sum
}
