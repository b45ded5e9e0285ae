import { elementAt } from './element-at.ts'
import { type PairAxis, slotsOfAxis } from './model.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { NumberRange, ValueSelection } from './shape-edit.ts'

type NumericAxis = Extract<PairAxis, { kind: 'numeric' }>
type CategoryAxis = Extract<PairAxis, { kind: 'category' }>

/** Levels that are named in a message. */
const NAMED_LEVELS = 5

/**
 * Slots of an axis that a selection means, ascending. A bin of a number is meant where more than half of its width lies
 * in a range; the first and the last bin, which are open, count as wide as the bin beside them. So a range that
 * `shapes` names means exactly its bins, and on another fit those that cover it best. Levels cannot be parted from
 * those that share their bin.
 */
export function selectSlots(axis: PairAxis, selection: ValueSelection): number[] | Refusal {
  return axis.kind === 'numeric' ? selectNumbers(axis, selection) : selectLevels(axis, selection)
}

function selectNumbers(axis: NumericAxis, { ranges = [], levels, missing, unseen }: ValueSelection): number[] | Refusal {
  if (levels !== undefined || unseen === true) {
    return refuse('edit-kind-differs', `"${axis.feature}" holds numbers, which are named by ranges and not by levels`)
  }
  const found = new Set<number>(missing === true ? [0] : [])
  for (const range of ranges) {
    const slots = slotsInRange(axis.edges, range)
    if (slots.length === 0) return refuse('edit-range-empty', `no bin of "${axis.feature}" lies for the most part ${rangeText(range)}: ${edgesText(axis)}`)
    for (const slot of slots) found.add(slot)
  }
  return ascending(found)
}

function slotsInRange(edges: readonly number[], range: NumberRange): number[] {
  const found: number[] = []
  for (let bin = 0; bin <= edges.length; bin++) if (isMostlyIn(edges, bin, range)) found.push(bin + 1)
  return found
}

function isMostlyIn(edges: readonly number[], bin: number, range: NumberRange): boolean {
  const [from, to] = [range.from ?? Number.NEGATIVE_INFINITY, range.to ?? Number.POSITIVE_INFINITY]
  const [low, high] = [edges[bin - 1] ?? Number.NEGATIVE_INFINITY, edges[bin] ?? Number.POSITIVE_INFINITY]
  if (from <= low && high <= to) return true
  const start = bin === 0 ? high - widthBeside(edges, 0) : low
  const end = bin === edges.length ? low + widthBeside(edges, edges.length) : high
  return 2 * (Math.min(end, to) - Math.max(start, from)) > end - start
}

/** Width of the bin beside an open one; where that is open too, a speck beside the border. */
function widthBeside(edges: readonly number[], bin: number): number {
  const [one, other] = bin === 0 ? [edges[0], edges[1]] : [edges[bin - 2], edges[bin - 1]]
  if (one !== undefined && other !== undefined) return other - one
  return Math.max(Math.abs(one ?? other ?? 0) * 2 ** -40, 1e-300)
}

function selectLevels(axis: CategoryAxis, { ranges, levels = [], missing, unseen }: ValueSelection): number[] | Refusal {
  if (ranges !== undefined) {
    return refuse('edit-kind-differs', `"${axis.feature}" holds levels, which are named one by one and not by ranges`)
  }
  const slotOfLevel = new Map(axis.levels.map((level, i) => [level, elementAt(axis.slots, i)]))
  const unknown = levels.filter((level) => !slotOfLevel.has(level))
  if (unknown.length > 0) return refuse('edit-level-unknown', `"${axis.feature}" has no level ${levelsText(unknown)} in this model`)
  const found = new Set(levels.map((level) => slotOfLevel.get(level) ?? axis.unseen))
  if (missing === true) found.add(0)
  if (unseen === true) found.add(axis.unseen)
  const named = new Set(levels)
  const others = axis.levels.filter((level, i) => found.has(elementAt(axis.slots, i)) && !named.has(level))
  if (others.length > 0) {
    return refuse('edit-levels-share-bin', `of "${axis.feature}" ${levelsText(others)} shares a bin with what is selected: select it too`)
  }
  if (found.has(axis.unseen) && unseen !== true) {
    return refuse('edit-levels-share-bin', `unseen levels of "${axis.feature}" share a bin with what is selected: select them too`)
  }
  return ascending(found)
}

/** Slots in the order of the values, the lowest first; null where the values have no order. Missing and unseen are not in it. */
export function slotsInOrder(axis: PairAxis): number[] | null {
  if (axis.kind === 'numeric') return Array.from({ length: axis.edges.length + 1 }, (_, bin) => bin + 1)
  if (axis.ordered !== true) return null
  return ascending(new Set(axis.slots)).filter((slot) => slot !== 0 && slot !== axis.unseen)
}

/** All slots of an axis. */
export function allSlots(axis: PairAxis): number[] {
  return Array.from({ length: slotsOfAxis(axis) }, (_, slot) => slot)
}

function ascending(slots: ReadonlySet<number>): number[] {
  return [...slots].sort((a, b) => a - b)
}

function rangeText({ from, to }: NumberRange): string {
  if (from === null) return to === null ? 'in all numbers' : `at most ${to}`
  return to === null ? `above ${from}` : `above ${from} and at most ${to}`
}

function edgesText({ edges }: NumericAxis): string {
  return edges.length === 0 ? 'it has one bin' : `its ${edges.length + 1} bins have borders from ${edges[0]} to ${edges.at(-1)}`
}

function levelsText(levels: readonly string[]): string {
  const named = levels.slice(0, NAMED_LEVELS).map((level) => `"${level}"`).join(', ')
  return levels.length > NAMED_LEVELS ? `${named} and ${levels.length - NAMED_LEVELS} more` : named
}
