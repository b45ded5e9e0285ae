import { addCorner, type Change } from './change.ts'
import type { Random } from './random.ts'

/** Limits of the small tree that is grown on one term. */
export interface TreeSettings {
  readonly leaves: number
  readonly learningRate: number
  /** L2 penalty of a leaf's value. */
  readonly lambda: number
  readonly rowsPerLeaf: number
  /** Largest value of a leaf before the learning rate. */
  readonly largestStep: number
}

/** Sums by cell of one term. */
export interface CellSums {
  readonly gradient: Float64Array
  readonly weights: Float64Array
  readonly rows: Float64Array
}

/**
 * Grows a tree on one term and writes it as a change of its pace; with `random` its cuts lie at random admissible places. Returns
 * its gain (the decrease of the quadratic loss of a full step); 0 where no cut helps.
 */
export type Grower = (sums: CellSums, random: Random | undefined, change: Change) => number

const TINY = 1e-12

/** Sums over bins 0..i, so that any range of bins is a difference. */
interface Running {
  readonly gradient: Float64Array
  readonly weights: Float64Array
  readonly rows: Float64Array
}

/** The bins at which the pieces of a curve end. */
interface Pieces {
  count: number
  readonly ends: Int32Array
}

/** Makes a grower of curves with buffers of its own. */
export function curveGrower(settings: TreeSettings, mostBins: number): Grower {
  const running: Running = {
    gradient: new Float64Array(mostBins + 1),
    weights: new Float64Array(mostBins + 1),
    rows: new Float64Array(mostBins + 1),
  }
  const pieces: Pieces = { count: 1, ends: new Int32Array(Math.max(mostBins, settings.leaves)) }
  const finder = cutFinder(running, settings)
  return (sums, random, change) => {
    const bins = sums.gradient.length
    accumulate(sums, running)
    pieces.count = 1
    pieces.ends[0] = bins - 1
    const found = random ? cutAtRandom(pieces, running, { settings, random, bins }) : cutGreedily(pieces, finder, settings)
    return found ? fillChange(change, { pieces, running, settings, bins }) : 0
  }
}

/** Index 0 of the running sums is zero, so that the range (from, to] is running[to + 1] - running[from + 1]. */
function accumulate(sums: CellSums, running: Running): void {
  let gradient = 0
  let weight = 0
  let rows = 0
  for (let i = 0; i < sums.gradient.length; i++) {
    gradient += sums.gradient[i] as number
    weight += sums.weights[i] as number
    rows += sums.rows[i] as number
    running.gradient[i + 1] = gradient
    running.weights[i + 1] = weight
    running.rows[i + 1] = rows
  }
}

/** The best cut of a range of bins. */
interface CutFinder {
  gain: number
  cut: number
  find(first: number, last: number): void
}

function cutFinder({ gradient, weights, rows }: Running, { lambda, rowsPerLeaf }: TreeSettings): CutFinder {
  const finder: CutFinder = {
    gain: 0,
    cut: -1,
    find(first, last) {
      const gradientBefore = gradient[first] as number
      const weightBefore = weights[first] as number
      const rowsBefore = rows[first] as number
      const gradientAll = (gradient[last + 1] as number) - gradientBefore
      const weightAll = (weights[last + 1] as number) - weightBefore
      const rowsAll = (rows[last + 1] as number) - rowsBefore
      const whole = (gradientAll * gradientAll) / (weightAll + lambda + TINY)
      finder.gain = TINY
      finder.cut = -1
      for (let bin = first; bin < last; bin++) {
        const rowsLeft = (rows[bin + 1] as number) - rowsBefore
        if (rowsLeft < rowsPerLeaf) continue
        if (rowsAll - rowsLeft < rowsPerLeaf) break
        const left = (gradient[bin + 1] as number) - gradientBefore
        const weightLeft = (weights[bin + 1] as number) - weightBefore
        const right = gradientAll - left
        const gain =
          (left * left) / (weightLeft + lambda + TINY) +
          (right * right) / (weightAll - weightLeft + lambda + TINY) -
          whole
        if (gain > finder.gain) {
          finder.gain = gain
          finder.cut = bin
        }
      }
    },
  }
  return finder
}

/** Cuts the piece with the largest gain until there are enough leaves. */
function cutGreedily(pieces: Pieces, finder: CutFinder, { leaves }: TreeSettings): boolean {
  while (pieces.count < leaves) {
    let best = 0
    let piece = -1
    let cut = -1
    for (let q = 0; q < pieces.count; q++) {
      finder.find(q === 0 ? 0 : (pieces.ends[q - 1] as number) + 1, pieces.ends[q] as number)
      if (finder.cut >= 0 && finder.gain > best) {
        best = finder.gain
        piece = q
        cut = finder.cut
      }
    }
    if (piece < 0) break
    insertCut(pieces, cut, piece)
  }
  return pieces.count > 1
}

interface RandomCuts {
  readonly settings: TreeSettings
  readonly random: Random
  readonly bins: number
}

/** Cuts at random places that leave enough rows at both ends of the curve. */
function cutAtRandom(pieces: Pieces, { rows }: Running, { settings, random, bins }: RandomCuts): boolean {
  const all = rows[bins] as number
  let first = 0
  while (first < bins - 1 && (rows[first + 1] as number) < settings.rowsPerLeaf) first++
  let last = bins - 2
  while (last >= first && all - (rows[last + 1] as number) < settings.rowsPerLeaf) last--
  if (last < first) return false
  for (let leaf = 1; leaf < settings.leaves; leaf++) {
    const cut = first + random.below(last - first + 1)
    let piece = 0
    while ((pieces.ends[piece] as number) < cut) piece++
    if (pieces.ends[piece] !== cut) insertCut(pieces, cut, piece)
  }
  return pieces.count > 1
}

function insertCut(pieces: Pieces, cut: number, piece: number): void {
  for (let q = pieces.count; q > piece; q--) pieces.ends[q] = pieces.ends[q - 1] as number
  pieces.ends[piece] = cut
  pieces.count++
}

interface Grown {
  readonly pieces: Pieces
  readonly running: Running
  readonly settings: TreeSettings
  readonly bins: number
}

function fillChange(change: Change, { pieces, running: { gradient, weights }, settings, bins }: Grown): number {
  const whole = gradient[bins] as number
  change.cells = bins
  change.count = 0
  let gain = -(whole * whole) / ((weights[bins] as number) + settings.lambda + TINY)
  let start = 0
  let before = 0
  for (let q = 0; q < pieces.count; q++) {
    const end = (pieces.ends[q] as number) + 1
    const sum = (gradient[end] as number) - (gradient[start] as number)
    const weight = (weights[end] as number) - (weights[start] as number)
    const value = sum / (weight + settings.lambda + TINY)
    gain += sum * value
    const bounded = Math.min(settings.largestStep, Math.max(-settings.largestStep, value))
    const step = settings.learningRate * bounded * change.pace
    change.values.fill(step, start, end)
    if (q > 0) addCorner(change, start - 1, before - step)
    before = step
    start = end
  }
  addCorner(change, bins - 1, before)
  return Math.max(gain, TINY)
}
