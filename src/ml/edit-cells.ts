import { elementAt } from './element-at.ts'
import type { Surface } from './edit-surface.ts'
import { linesOf } from './edit-surface.ts'
import type { PairAxis } from './model.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import { allSlots, selectSlots, slotsInOrder } from './select-slots.ts'
import type { ValueSelection } from './shape-edit.ts'

type Axes = Surface['axes']

/** Slots by axis that an edit selects; null where it says nothing of an axis. */
export function selectByAxis(axes: Axes, where: readonly ValueSelection[] = []): (number[] | null)[] | Refusal {
  const found: (number[] | null)[] = []
  for (const axis of axes) {
    const selection = where.find(({ feature }) => feature === axis.feature)
    const slots = selection ? selectSlots(axis, selection) : null
    if (isRefusal(slots)) return slots
    found.push(slots)
  }
  return found
}

/** Cells that an edit selects, ascending; of an axis of which it says nothing all slots. */
export function selectCells(axes: Axes, where?: readonly ValueSelection[]): number[] | Refusal {
  const byAxis = selectByAxis(axes, where)
  if (isRefusal(byAxis)) return byAxis
  const slots = byAxis.map((selected, i) => selected ?? allSlots(elementAt(axes, i)))
  return linesOf(axes, axes.length - 1, { slots: elementAt(slots, axes.length - 1), across: elementAt(slots, 0) }).flat()
}

/** What an edit that follows an order says of where. */
export interface LineChoice {
  readonly along?: string
  readonly where?: readonly ValueSelection[]
}

/** Cells of one line after another, in the order of one axis. */
export interface CellLines {
  readonly axis: PairAxis
  readonly lines: number[][]
}

/** The lines that an edit follows. The values selected along the order must have a place in it and no gap. */
export function selectLines(axes: Axes, { along, where }: LineChoice): CellLines | Refusal {
  const at = along === undefined ? 0 : axes.findIndex(({ feature }) => feature === along)
  const axis = elementAt(axes, at)
  const order = slotsInOrder(axis)
  if (order === null) return refuse('edit-not-for-kind', `the levels of "${axis.feature}" have no order that could be followed`)
  const byAxis = selectByAxis(axes, where)
  if (isRefusal(byAxis)) return byAxis
  const slots = byAxis[at] ?? order
  if (!areNeighbours(slots, order)) {
    return refuse('edit-not-valid', `what is selected of "${axis.feature}" must lie side by side in its order, without missing or unseen values`)
  }
  const other = 1 - at
  const across = axes.length === 1 ? [] : (byAxis[other] ?? allSlots(elementAt(axes, other)))
  return { axis, lines: linesOf(axes, at, { slots, across }) }
}

/** Whether slots (ascending) follow each other in an order (ascending) without a gap. */
export function areNeighbours(slots: readonly number[], order: readonly number[]): boolean {
  const start = order.indexOf(slots[0] ?? -1)
  return start >= 0 && slots.every((slot, i) => order[start + i] === slot)
}
