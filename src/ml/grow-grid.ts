import { addCorner, type Change } from './change.ts'
import type { CellSums, Grower, TreeSettings } from './grow-curve.ts'
import type { Random } from './random.ts'
import type { TermShape } from './term-shape.ts'

type Grid = Extract<TermShape, { kind: 'grid' }>

const TINY = 1e-12

/** Sums over all cells at or before a cell on both sides. */
interface Running {
  readonly gradient: Float64Array
  readonly weights: Float64Array
  readonly rows: Float64Array
}

/** A tree of up to four leaves: one cut of a side, then a cut of the other side in each half (-1: none). */
interface GridTree {
  /** True where the first cut is of the first feature. */
  first: boolean
  cut: number
  lowCut: number
  highCut: number
}

/** Gradient, weight and rows of one rectangle that starts at the origin; `at` finds its last cell. */
interface Sides {
  /** Slots of the side that is cut first, and of the other. */
  readonly outer: number
  readonly inner: number
  /** Cell of a slot of the outer and one of the inner side. */
  readonly outerStep: number
  readonly innerStep: number
}

/** Makes a grower of grids with buffers of its own: a cut of one side, and in each half a cut of the other. */
export function gridGrower(settings: TreeSettings, mostCells: number): (grid: Grid) => Grower {
  const running: Running = {
    gradient: new Float64Array(mostCells),
    weights: new Float64Array(mostCells),
    rows: new Float64Array(mostCells),
  }
  return (grid) => {
    const sides: readonly [Sides, Sides] = [
      { outer: grid.rows, inner: grid.columns, outerStep: grid.columns, innerStep: 1 },
      { outer: grid.columns, inner: grid.rows, outerStep: 1, innerStep: grid.columns },
    ]
    const held = grid.directions.some((direction) => direction !== null)
    const tree: GridTree = { first: true, cut: -1, lowCut: -1, highCut: -1 }
    const leaf = leafMaker(running, settings)
    return (sums, random, change) => {
      accumulate(sums, running, grid)
      const found = random
        ? cutAtRandom(tree, { running, sides, settings, random })
        : cutGreedily(tree, { running, sides, settings })
      if (!found) return 0
      const leaves = leavesOf(tree, sides, leaf)
      if (held && !keepsDirections(tree, leaves, grid.directions)) return 0
      fillChange(change, { tree, sides: sides[tree.first ? 0 : 1], leaves, rate: settings.learningRate * change.pace })
      change.cells = grid.cells
      return Math.max(leaves.gain, TINY)
    }
  }
}

function accumulate({ gradient, weights, rows }: CellSums, running: Running, { rows: height, columns: width }: Grid): void {
  for (let i = 0; i < height; i++) {
    let gradientOfRow = 0
    let weightOfRow = 0
    let rowsOfRow = 0
    for (let j = 0; j < width; j++) {
      const cell = i * width + j
      gradientOfRow += gradient[cell] as number
      weightOfRow += weights[cell] as number
      rowsOfRow += rows[cell] as number
      const before = cell - width
      running.gradient[cell] = gradientOfRow + (i === 0 ? 0 : (running.gradient[before] as number))
      running.weights[cell] = weightOfRow + (i === 0 ? 0 : (running.weights[before] as number))
      running.rows[cell] = rowsOfRow + (i === 0 ? 0 : (running.rows[before] as number))
    }
  }
}

interface Search {
  readonly running: Running
  readonly sides: readonly [Sides, Sides]
  readonly settings: TreeSettings
}

/** Tries every first cut with the best second cut in each half. */
function cutGreedily(tree: GridTree, search: Search): boolean {
  const { running, settings, sides } = search
  const last = sides[0].outer * sides[0].inner - 1
  const whole = running.gradient[last] as number
  const best: BestCut = { score: (whole * whole) / ((running.weights[last] as number) + settings.lambda + TINY) + TINY, side: -1, cut: -1 }
  for (const [which, side] of sides.entries()) {
    for (let cut = 0; cut < side.outer - 1; cut++) {
      const score = scoreCut(search, side, cut)
      if (score <= best.score) continue
      best.score = score
      best.side = which
      best.cut = cut
      tree.lowCut = halves.lowCut
      tree.highCut = halves.highCut
    }
  }
  tree.first = best.side === 0
  tree.cut = best.cut
  return best.side >= 0
}

interface BestCut {
  score: number
  side: number
  cut: number
}

/** Second cuts of the first cut that was scored last. */
const halves = { lowCut: -1, highCut: -1 }

/** Score of an outer cut with the best inner cut in each half; 0 where a half has too few rows. */
function scoreCut({ running: { gradient, weights, rows }, settings }: Search, side: Sides, cut: number): number {
  const { lambda, rowsPerLeaf } = settings
  const penalty = lambda + TINY
  const { inner, outerStep, innerStep } = side
  const low = cut * outerStep
  const all = (side.outer - 1) * outerStep
  const end = (inner - 1) * innerStep
  const lowG = gradient[low + end] as number
  const lowW = weights[low + end] as number
  const lowN = rows[low + end] as number
  const highG = (gradient[all + end] as number) - lowG
  const highW = (weights[all + end] as number) - lowW
  const highN = (rows[all + end] as number) - lowN
  if (lowN < rowsPerLeaf || highN < rowsPerLeaf) return 0
  let lowScore = (lowG * lowG) / (lowW + penalty)
  let highScore = (highG * highG) / (highW + penalty)
  halves.lowCut = -1
  halves.highCut = -1
  for (let i = 0; i < inner - 1; i++) {
    const at = low + i * innerStep
    const foot = all + i * innerStep
    const n = rows[at] as number
    const g = gradient[at] as number
    const w = weights[at] as number
    if (n >= rowsPerLeaf && lowN - n >= rowsPerLeaf) {
      const score = (g * g) / (w + penalty) + ((lowG - g) * (lowG - g)) / (lowW - w + penalty)
      if (score > lowScore) {
        lowScore = score
        halves.lowCut = i
      }
    }
    const m = (rows[foot] as number) - n
    if (m >= rowsPerLeaf && highN - m >= rowsPerLeaf) {
      const h = (gradient[foot] as number) - g
      const v = (weights[foot] as number) - w
      const score = (h * h) / (v + penalty) + ((highG - h) * (highG - h)) / (highW - v + penalty)
      if (score > highScore) {
        highScore = score
        halves.highCut = i
      }
    }
  }
  return lowScore + highScore
}

/** Cuts at random: the side, its cut, and one cut of the other side in each half, where each leaves enough rows. */
function cutAtRandom(tree: GridTree, { running, sides, settings, random }: Search & { readonly random: Random }): boolean {
  const { rows } = running
  tree.first = random.below(2) === 0
  const { outer, inner, outerStep, innerStep } = sides[tree.first ? 0 : 1]
  if (outer < 2 || inner < 2) return false
  const end = (inner - 1) * innerStep
  const top = (outer - 1) * outerStep
  tree.cut = random.below(outer - 1)
  const at = tree.cut * outerStep
  const low = rows[at + end] as number
  const high = (rows[top + end] as number) - low
  if (low < settings.rowsPerLeaf || high < settings.rowsPerLeaf) return false
  const lowCut = random.below(inner - 1)
  const highCut = random.below(inner - 1)
  const lowLeft = rows[at + lowCut * innerStep] as number
  const highLeft = (rows[top + highCut * innerStep] as number) - (rows[at + highCut * innerStep] as number)
  const enough = (left: number, all: number): boolean => left >= settings.rowsPerLeaf && all - left >= settings.rowsPerLeaf
  tree.lowCut = enough(lowLeft, low) ? lowCut : -1
  tree.highCut = enough(highLeft, high) ? highCut : -1
  return true
}

/** Values of the four leaves; where a half is not cut both of its leaves are the same. */
interface Leaves {
  readonly lowLeft: number
  readonly lowRight: number
  readonly highLeft: number
  readonly highRight: number
  readonly gain: number
}

interface LeafRange {
  readonly side: Sides
  readonly from: number
  readonly to: number
  readonly start: number
  readonly stop: number
}

type LeafMaker = (range: LeafRange) => { readonly value: number; readonly score: number }

/** Makes the function that values the rectangle of outer slots (from, to] and inner slots (start, stop]. */
function leafMaker({ gradient, weights }: Running, settings: TreeSettings): LeafMaker {
  const sumOf = (sums: Float64Array, { side, from, to, start, stop }: LeafRange): number => {
    const at = (i: number, j: number): number =>
      i < 0 || j < 0 ? 0 : (sums[i * side.outerStep + j * side.innerStep] as number)
    return at(to, stop) - at(from, stop) - at(to, start) + at(from, start)
  }
  return (range) => {
    const sum = sumOf(gradient, range)
    const value = sum / (Math.max(0, sumOf(weights, range)) + settings.lambda + TINY)
    return { value: Math.min(settings.largestStep, Math.max(-settings.largestStep, value)), score: sum * value }
  }
}

function leavesOf(tree: GridTree, sides: readonly [Sides, Sides], leaf: LeafMaker): Leaves {
  const side = sides[tree.first ? 0 : 1]
  const stop = side.inner - 1
  const all = leaf({ side, from: -1, to: side.outer - 1, start: -1, stop })
  const half = (from: number, to: number, cut: number) => {
    if (cut < 0) {
      const one = leaf({ side, from, to, start: -1, stop })
      return { left: one.value, right: one.value, score: one.score }
    }
    const left = leaf({ side, from, to, start: -1, stop: cut })
    const right = leaf({ side, from, to, start: cut, stop })
    return { left: left.value, right: right.value, score: left.score + right.score }
  }
  const low = half(-1, tree.cut, tree.lowCut)
  const high = half(tree.cut, side.outer - 1, tree.highCut)
  const gain = low.score + high.score - all.score
  return { lowLeft: low.left, lowRight: low.right, highLeft: high.left, highRight: high.right, gain }
}

/**
 * Whether a change goes the way that each side must go; sums of such changes then go it too. Between the two inner
 * cuts the right leaf of one half faces the left leaf of the other.
 */
function keepsDirections(tree: GridTree, leaves: Leaves, directions: Grid['directions']): boolean {
  const [outer, inner] = tree.first ? directions : [directions[1], directions[0]]
  const { lowLeft, lowRight, highLeft, highRight } = leaves
  const rises = (direction: Grid['directions'][0], from: number, to: number): boolean =>
    direction === null || (direction === 'increasing' ? from <= to : from >= to)
  const facing =
    tree.lowCut === tree.highCut ||
    (tree.lowCut < tree.highCut ? rises(outer, lowRight, highLeft) : rises(outer, lowLeft, highRight))
  const innerKept = rises(inner, lowLeft, lowRight) && rises(inner, highLeft, highRight)
  return innerKept && facing && rises(outer, lowLeft, highLeft) && rises(outer, lowRight, highRight)
}

interface Filling {
  readonly tree: GridTree
  readonly sides: Sides
  readonly leaves: Leaves
  readonly rate: number
}

function fillChange(change: Change, { tree, sides, leaves, rate }: Filling): void {
  const { outer, inner, outerStep, innerStep } = sides
  const lowLeft = rate * leaves.lowLeft
  const lowRight = rate * leaves.lowRight
  const highLeft = rate * leaves.highLeft
  const highRight = rate * leaves.highRight
  const { values } = change
  for (let i = 0; i < outer; i++) {
    const low = i <= tree.cut
    const cut = low ? tree.lowCut : tree.highCut
    const left = low ? lowLeft : highLeft
    const right = low ? lowRight : highRight
    const at = i * outerStep
    for (let j = 0; j <= cut; j++) values[at + j * innerStep] = left
    for (let j = cut + 1; j < inner; j++) values[at + j * innerStep] = right
  }
  const corner = (i: number, j: number): number => i * outerStep + j * innerStep
  change.count = 0
  addCorner(change, corner(outer - 1, inner - 1), highRight)
  addCorner(change, corner(tree.cut, inner - 1), lowRight - highRight)
  if (tree.lowCut >= 0) addCorner(change, corner(tree.cut, tree.lowCut), lowLeft - lowRight)
  if (tree.highCut >= 0) {
    addCorner(change, corner(outer - 1, tree.highCut), highLeft - highRight)
    addCorner(change, corner(tree.cut, tree.highCut), highRight - highLeft)
  }
}
