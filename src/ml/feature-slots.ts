import type { FeatureRead, Value } from './compiled-model.ts'
import type { PairAxis } from './model.ts'
import { numberGrid, placeNumbers, slotOfNumber } from './number-grid.ts'
import { readNumber } from './place-number.ts'
import type { CategoryColumn, Column } from './table.ts'

/** A division of a feature's values into slots, finer than that of every term that reads it. Slot 0 is a missing value. */
export interface FeatureSlots extends FeatureRead {
  readonly slots: number
  slotOf(value: Value): number
  /** Prepares a column; the answer writes the slots of the rows from `start` on, as many as it is given room for. */
  placer(column: Column): (start: number, slots: Int32Array) => void
  /** By slot: the slot of one of the axes that the division was made of. */
  slotsOn(axis: PairAxis): Int32Array
}

type NumericAxis = Extract<PairAxis, { kind: 'numeric' }>
type CategoryAxis = Extract<PairAxis, { kind: 'category' }>

/** Divides a feature by all borders that any of the axes has, or by all levels that any of them names. */
export function featureSlots({ feature, kind }: FeatureRead, axes: readonly PairAxis[]): FeatureSlots {
  if (kind === 'numeric') return numberSlots(feature, axes.filter((axis) => axis.kind === 'numeric'))
  return levelSlots(feature, axes.filter((axis) => axis.kind === 'category'))
}

function numberSlots(feature: string, axes: readonly NumericAxis[]): FeatureSlots {
  const edges = unionOfEdges(axes)
  const grid = numberGrid(edges)
  return {
    feature,
    kind: 'numeric',
    slots: edges.length + 2,
    slotOf: (value) => slotOfNumber(grid, typeof value === 'number' ? value : readNumber(value)),
    placer(column) {
      if (column.kind !== 'numeric') throw new Error(`expected "${feature}" to be numeric`)
      const { values } = column
      return (start, slots) => placeNumbers(grid, values, { start, slots })
    },
    slotsOn(axis) {
      if (axis.kind !== 'numeric') throw new Error(`expected "${feature}" to be numeric`)
      return slotsOfEdges(edges, axis.edges)
    },
  }
}

/** All borders of some axes, ascending, each once. */
function unionOfEdges(axes: readonly NumericAxis[]): Float64Array {
  const all = new Float64Array(axes.reduce((sum, { edges }) => sum + edges.length, 0))
  let place = 0
  for (const { edges } of axes) {
    all.set(edges, place)
    place += edges.length
  }
  all.sort()
  let kept = 0
  for (const edge of all) {
    if (kept === 0 || edge !== all[kept - 1]) all[kept++] = edge
  }
  return all.slice(0, kept)
}

/** No border of the axis lies inside a slot of the union, so that all values there are placed as its upper border is. */
function slotsOfEdges(union: Float64Array, edges: readonly number[]): Int32Array {
  const slots = new Int32Array(union.length + 2)
  let below = 0
  for (let i = 0; i < union.length; i++) {
    while (below < edges.length && (edges[below] as number) < (union[i] as number)) below++
    slots[i + 1] = below + 1
  }
  slots[union.length + 1] = edges.length + 1
  return slots
}

function levelSlots(feature: string, axes: readonly CategoryAxis[]): FeatureSlots {
  const levels = [...new Set(axes.flatMap((axis) => axis.levels))]
  // Slot 1 is a level that no axis names.
  const slotOfLevel = new Map(levels.map((level, i) => [level, i + 2]))
  const slotOf = (value: Value): number => (value === null ? 0 : (slotOfLevel.get(typeof value === 'string' ? value : String(value)) ?? 1))
  return {
    feature,
    kind: 'category',
    slots: levels.length + 2,
    slotOf,
    placer(column) {
      if (column.kind !== 'category') throw new Error(`expected "${feature}" to be a category`)
      const slotOfCode = Int32Array.from(column.levels, slotOf)
      return (start, slots) => placeCodes(column, slotOfCode, { start, slots })
    },
    slotsOn(axis) {
      if (axis.kind !== 'category') throw new Error(`expected "${feature}" to be a category`)
      const own = new Map(axis.levels.map((level, i) => [level, axis.slots[i] as number]))
      return Int32Array.of(0, axis.unseen, ...levels.map((level) => own.get(level) ?? axis.unseen))
    },
  }
}

function placeCodes({ codes }: CategoryColumn, slotOfCode: Int32Array, { start, slots }: { readonly start: number; readonly slots: Int32Array }): void {
  const known = slotOfCode.length
  for (let i = 0; i < slots.length; i++) {
    const code = codes[start + i] as number
    slots[i] = code < 0 ? 0 : code < known ? (slotOfCode[code] as number) : 1
  }
}
