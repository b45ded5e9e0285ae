import { linesOf, type Surface } from './edit-surface.ts'
import { elementAt } from './element-at.ts'
import type { Direction } from './model.ts'
import { allSlots, slotsInOrder } from './select-slots.ts'

/** Directions by axis; undefined where a feature has none. */
export type AxisDirections = readonly (Direction | undefined)[]

/** The directions that a surface says of itself. */
export function directionsOf({ axes }: Surface): (Direction | undefined)[] {
  return axes.map(({ monotone }) => monotone)
}

/** Whether all lines of a surface along one axis go one way, to the last bit. */
export function goesOneWay({ axes, scores }: Surface, at: number, direction: Direction): boolean {
  const order = slotsInOrder(elementAt(axes, at))
  if (order === null) return false
  const across = axes.length === 1 ? [] : allSlots(elementAt(axes, 1 - at))
  const lines = linesOf(axes, at, { slots: order, across })
  return scores.every((curve) => lines.every((cells) => isSorted(curve, cells, direction)))
}

function isSorted(curve: Float64Array, cells: readonly number[], direction: Direction): boolean {
  for (let i = 1; i < cells.length; i++) {
    const rise = elementAt(curve, elementAt(cells, i)) - elementAt(curve, elementAt(cells, i - 1))
    if (direction === 'increasing' ? rise < 0 : rise > 0) return false
  }
  return true
}

/** The surface with those of the directions that hold exactly, and without the others. */
export function keepDirections(surface: Surface, directions: AxisDirections): Surface {
  const axes = surface.axes.map((axis, at) => {
    const { monotone: _before, ...rest } = axis
    const direction = directions[at]
    return direction !== undefined && goesOneWay(surface, at, direction) ? { ...rest, monotone: direction } : rest
  })
  return { ...surface, axes }
}

/** The other way. */
export function oppositeOf(direction: Direction): Direction {
  return direction === 'increasing' ? 'decreasing' : 'increasing'
}
