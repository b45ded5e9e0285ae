import { areNeighbours, selectByAxis } from './edit-cells.ts'
import { levelCells } from './edit-flatten.ts'
import { copySurface, linesOf, type Surface } from './edit-surface.ts'
import { elementAt } from './element-at.ts'
import { type PairAxis, slotsOfAxis } from './model.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import { allSlots, slotsInOrder } from './select-slots.ts'
import type { MergeBinsEdit } from './shape-edit.ts'

/** A surface whose bins to merge have become equal, and which slots of which axis they are. */
export interface BinsToMerge {
  readonly surface: Surface
  readonly at: number
  /** Ascending. */
  readonly slots: readonly number[]
}

/**
 * Makes the selected bins equal, on a pair line by line of the other feature: the mean score over their training rows,
 * with the band as `levelCells` has it. Bins of a number and of ordered levels must be neighbours.
 */
export function equaliseBins(surface: Surface, edit: MergeBinsEdit): BinsToMerge | Refusal {
  const { axes } = surface
  const byAxis = selectByAxis(axes, edit.where)
  if (isRefusal(byAxis)) return byAxis
  const at = byAxis.findIndex((slots) => slots !== null)
  const slots = byAxis[at] ?? []
  const axis = elementAt(axes, at)
  const order = slotsInOrder(axis)
  if (slots.includes(0) || (axis.kind === 'category' && slots.includes(axis.unseen))) {
    return refuse('edit-not-valid', `missing and unseen values of "${axis.feature}" keep a place of their own: flatten them together with others instead`)
  }
  if (order !== null && !areNeighbours(slots, order)) return refuse('edit-not-valid', `only neighbouring bins of "${axis.feature}" can be merged`)
  const equal = copySurface(surface)
  const across = axes.length === 1 ? [] : allSlots(elementAt(axes, 1 - at))
  for (const cells of linesOf(axes, at, { slots, across })) {
    for (const output of equal.scores.keys()) levelCells(equal, { cells, output })
  }
  return { surface: equal, at, slots }
}

/** Makes one bin of bins that are equal, in the place of the first; their training rows add up. */
export function mergeBins({ surface, at, slots }: BinsToMerge): Surface {
  if (slots.length < 2) return surface
  const [first = 0, ...gone] = slots
  const leaving = new Set(gone)
  const kept = allSlots(elementAt(surface.axes, at)).filter((slot) => !leaving.has(slot))
  const across = surface.axes.length === 1 ? [] : allSlots(elementAt(surface.axes, 1 - at))
  const before = linesOf(surface.axes, at, { slots: kept, across })
  const axes = surface.axes.map((axis, i) => (i === at ? mergeAxis(axis, kept, first) : axis))
  const after = linesOf(axes, at, { slots: kept.map((_, i) => i), across })
  const size = axes.reduce((cells, axis) => cells * slotsOfAxis(axis), 1)
  const moved = (values: Float64Array): Float64Array => {
    const found = new Float64Array(size)
    for (const [line, cells] of after.entries()) {
      for (const [i, cell] of cells.entries()) found[cell] = elementAt(values, elementAt(elementAt(before, line), i))
    }
    return found
  }
  const all = (byOutput: readonly Float64Array[]): Float64Array[] => byOutput.map(moved)
  const { lower, upper } = surface
  return {
    ...surface,
    axes,
    scores: all(surface.scores),
    deviation: all(surface.deviation),
    lower: lower ? all(lower) : null,
    upper: upper ? all(upper) : null,
    weight: moved(gatherWeights(surface, at, { slots, across })),
  }
}

/** Weights in which the first of the merged bins has the rows of all of them. */
function gatherWeights({ axes, weight }: Surface, at: number, chosen: { readonly slots: readonly number[]; readonly across: readonly number[] }): Float64Array {
  const gathered = weight.slice()
  for (const cells of linesOf(axes, at, chosen)) gathered[cells[0] ?? 0] = cells.reduce((sum, cell) => sum + elementAt(weight, cell), 0)
  return gathered
}

/** An axis that keeps these slots (ascending), the first of the merged ones standing for all of them. */
function mergeAxis(axis: PairAxis, kept: readonly number[], first: number): PairAxis {
  const place = new Map(kept.map((slot, i) => [slot, i]))
  if (axis.kind === 'numeric') {
    // A bin keeps its upper border if the bin above it stays.
    return { ...axis, edges: axis.edges.filter((_, i) => place.has(i + 2)) }
  }
  const placeOf = (slot: number): number => place.get(slot) ?? place.get(first) ?? 0
  return { ...axis, slots: axis.slots.map(placeOf), unseen: placeOf(axis.unseen), size: kept.length }
}
