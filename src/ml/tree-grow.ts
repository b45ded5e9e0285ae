import type { FixedPoint } from './tree-fixed-point.ts'
import { leafValue } from './tree-gain.ts'
import { type LeafSums, writePartition, writeSearch } from './tree-job.ts'
import type { TreeMemory } from './tree-memory.ts'
import { HESSIAN_PER_LEAF, LEVEL_PENALTY } from './tree-rules.ts'
import { isOneByOne } from './tree-search-levels.ts'
import {
  gainAt,
  isLeftCode,
  loadSplit,
  MISSING_LEFT,
  MISSING_RIGHT,
  MISSING_UNKNOWN,
  SPLIT_NUMBERS,
  type TreeSplit,
} from './tree-split.ts'
import { PARTITION, SEARCH, setPhase } from './tree-work.ts'

/** A split of a grown tree; a child is the number of a split, or ~leaf. */
export interface GrownSplit {
  readonly split: TreeSplit
  left: number
  right: number
}

/** A grown tree; values by leaf in units of the score. */
export interface GrownTree {
  readonly splits: GrownSplit[]
  readonly values: number[]
}

/** What a tree grows with. */
export interface Grower {
  readonly memory: TreeMemory
  readonly units: FixedPoint
  /** Output whose gradients it follows. */
  readonly output: number
  /** Does units of work on all threads, or on this one alone. */
  readonly onAll: (units: number) => void
  readonly alone: (units: number) => void
}

interface Leaf {
  readonly index: number
  /** Place of its histogram. */
  slot: number
  readonly rows: number
  readonly gradient: number
  readonly hessian: number
  /** Bounds and penalty of its value, in fixed-point units. */
  readonly lower: number
  readonly upper: number
  readonly penalty: number
  best: TreeSplit | undefined
}

/** Where a leaf hangs: a split and its side. */
interface Hook {
  readonly above: number
  readonly isLeft: boolean
}

/**
 * Grows one tree leaf by leaf: the leaf whose best split gains most is split next (Shi 2007; LightGBM, Ke et al. 2017).
 * The gradients of the output must be ready and all rows in the first leaf.
 */
export function growTree(grower: Grower): GrownTree {
  const { memory } = grower
  const leaves = [rootOf(grower)]
  const hooks: (Hook | undefined)[] = [undefined]
  const splits: GrownSplit[] = []
  search(grower, leaves[0] as Leaf, undefined)
  while (leaves.length < memory.rules.leaves) {
    const leaf = bestLeaf(leaves)
    if (!leaf?.best) break
    const [left, right] = splitLeaf(grower, leaf, leaves.length)
    const hook = hooks[leaf.index]
    const parent = hook && splits[hook.above]
    if (parent) parent[hook.isLeft ? 'left' : 'right'] = splits.length
    hooks[left.index] = { above: splits.length, isLeft: true }
    hooks.push({ above: splits.length, isLeft: false })
    splits.push({ split: leaf.best, left: ~left.index, right: ~right.index })
    leaves[left.index] = left
    leaves.push(right)
    if (leaves.length < memory.rules.leaves) searchChildren(grower, left, right)
  }
  const values = leaves.map((leaf) => scoreOfLeaf(grower, leaf))
  memory.values.set(values)
  return { splits, values }
}

function rootOf({ memory, units, output }: Grower): Leaf {
  memory.buffers[0] = 0
  let gradient = 0
  let hessian = 0
  for (let segment = 0; segment < memory.segments; segment++) {
    const at = 2 * (output * memory.segments + segment)
    gradient += memory.totals[at] as number
    hessian += memory.totals[at + 1] as number
  }
  const penalty = memory.rules.lambda * units.hessianUnits
  const [lower, upper] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return { index: 0, slot: 0, rows: memory.rows, gradient, hessian, lower, upper, penalty, best: undefined }
}

/** The first of the leaves whose split gains most. */
function bestLeaf(leaves: readonly Leaf[]): Leaf | undefined {
  let best: Leaf | undefined
  for (const leaf of leaves) if (leaf.best && leaf.best.gain > (best?.best?.gain ?? 0)) best = leaf
  return best
}

/** Parts the rows of a leaf by its best split. The left child keeps its number. */
function splitLeaf(grower: Grower, leaf: Leaf, right: number): [Leaf, Leaf] {
  const { memory, units } = grower
  const split = leaf.best as TreeSplit
  const feature = memory.features[split.feature]
  if (!feature) throw new RangeError(`there is no feature ${split.feature} to split by`)
  const buffer = memory.buffers[leaf.index] as number
  const { word, shift } = feature
  setPhase(memory, PARTITION)
  writePartition(memory, { leaf: leaf.index, right, buffer, word, shift, ...sideOf(memory, split, feature.codes) })
  if (leaf.rows < FEWEST_ROWS_TO_SHARE) grower.alone(memory.segments)
  else grower.onAll(memory.segments)
  memory.buffers[leaf.index] = 1 - buffer
  memory.buffers[right] = 1 - buffer
  const leftRows = rowsOf(memory, leaf.index)
  if (split.missing === MISSING_UNKNOWN) split.missing = 2 * leftRows >= leaf.rows ? MISSING_LEFT : MISSING_RIGHT
  const penalty = (memory.rules.lambda + (feature.kind === 'levels' && !isOneByOne(feature) ? LEVEL_PENALTY : 0)) * units.hessianUnits
  const left: Leaf = { ...leaf, rows: leftRows, gradient: split.gradient, hessian: split.hessian, penalty, best: undefined }
  const other: Leaf = {
    ...left,
    index: right,
    rows: leaf.rows - leftRows,
    gradient: leaf.gradient - split.gradient,
    hessian: leaf.hessian - split.hessian,
  }
  const direction = split.code >= 0 && split.code < feature.codes - 1 ? feature.direction : 0
  return direction === 0 ? [left, other] : boundChildren(left, other, direction)
}

/** How a partition tells which codes go left. */
function sideOf({ goesLeft }: TreeMemory, split: TreeSplit, codes: number): { readonly last: number; readonly bias: number } {
  if (split.code < 0) {
    for (let code = 0; code < codes; code++) goesLeft[code] = isLeftCode(split, code) ? 1 : 0
    return { last: -1, bias: 0 }
  }
  return split.missing === MISSING_RIGHT ? { last: split.code - 1, bias: 255 } : { last: split.code, bias: 0 }
}

/** Below this many rows a partition is over before another thread would have joined. */
const FEWEST_ROWS_TO_SHARE = 2000

/** Below this many additions and cells of a histogram the same holds for a search. */
const LEAST_WORK_TO_SHARE = 5000

/** What one cell of a histogram costs in a search, in additions of a row to a cell. */
const WORK_PER_CELL = 6

/** Children meet in the middle: whatever is split below, no value crosses to the other side. */
function boundChildren(left: Leaf, right: Leaf, direction: number): [Leaf, Leaf] {
  const middle = (leafValue(left.gradient, left.hessian, left) + leafValue(right.gradient, right.hessian, right)) / 2
  const [low, high] = direction > 0 ? [left, right] : [right, left]
  const lowered = { ...low, upper: Math.min(low.upper, middle) }
  const raised = { ...high, lower: Math.max(high.lower, middle) }
  return direction > 0 ? [lowered, raised] : [raised, lowered]
}

function rowsOf({ ranges, segments }: TreeMemory, leaf: number): number {
  let rows = 0
  for (let segment = 0; segment < segments; segment++) rows += ranges[2 * (leaf * segments + segment) + 1] as number
  return rows
}

function searchChildren(grower: Grower, left: Leaf, right: Leaf): void {
  const [small, big] = left.rows <= right.rows ? [left, right] : [right, left]
  // The larger one inherits the place of their parent's histogram.
  small.slot = right.index
  if (isOpen(grower, small) || isOpen(grower, big)) search(grower, small, big)
}

/** Finds the best splits of a leaf whose rows are added up, and of its sibling. */
function search(grower: Grower, small: Leaf, big: Leaf | undefined): void {
  const { memory, units, output } = grower
  setPhase(memory, SEARCH)
  writeSearch(memory, {
    small: sumsOf(grower, small),
    big: big && sumsOf(grower, big),
    buffer: memory.buffers[small.index] as number,
    output,
    hessianUnits: units.hessianUnits,
    shift: units.shift,
  })
  const blocks = memory.blocks.length
  const work = small.rows * memory.features.length + WORK_PER_CELL * memory.cells
  if (work < LEAST_WORK_TO_SHARE) grower.alone(blocks)
  else grower.onAll(blocks)
  for (const [side, leaf] of [small, big].entries()) {
    if (!leaf || !isOpen(grower, leaf)) continue
    leaf.best = bestOfBlocks(memory, side)
  }
}

/** The split that gains most; the first feature where several do. */
function bestOfBlocks({ blocks, found }: TreeMemory, side: number): TreeSplit | undefined {
  let best = -1
  for (let block = 0; block < blocks.length; block++) {
    const at = (side * blocks.length + block) * SPLIT_NUMBERS
    if (gainAt(found, at) > (best < 0 ? 0 : gainAt(found, best))) best = at
  }
  return best < 0 ? undefined : loadSplit(found, best)
}

function isOpen({ memory, units }: Grower, leaf: Leaf): boolean {
  return leaf.rows >= 2 * memory.rules.rowsPerLeaf && leaf.hessian >= 2 * HESSIAN_PER_LEAF * units.hessianUnits
}

function sumsOf(grower: Grower, leaf: Leaf): LeafSums {
  const { index, slot, rows, gradient, hessian, lower, upper } = leaf
  return { leaf: index, slot, rows, gradient, hessian, lower, upper, isOpen: isOpen(grower, leaf) }
}

function scoreOfLeaf({ memory, units }: Grower, leaf: Leaf): number {
  const value = leafValue(leaf.gradient, leaf.hessian, leaf)
  return (memory.rules.learningRate * value * units.hessianUnits) / units.gradientUnits
}
