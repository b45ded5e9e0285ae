import type { Random } from './random.ts'
import { emptyStep, type Step } from './step.ts'

/** Limits of the small tree that is grown on one feature. */
export interface TreeSettings {
  readonly leaves: number
  readonly learningRate: number
  /** L2 penalty of a leaf's value. */
  readonly lambda: number
  readonly rowsPerLeaf: number
  /** Largest value of a leaf before the learning rate. */
  readonly largestStep: number
}

/** Sums by bin of one feature. */
export interface BinSums {
  readonly gradient: Float64Array
  readonly weights: Float64Array
  readonly rows: Float64Array
}

/** Grows a tree on one feature; with `random` its cuts lie at random admissible places. Undefined: no cut helps. */
export type StepGrower = (sums: BinSums, random: Random | undefined) => Step | undefined

const TINY = 1e-12

/** Sums over bins 0..i, so that any range of bins is a difference. */
interface Running {
  readonly gradient: Float64Array
  readonly weights: Float64Array
  readonly rows: Float64Array
}

/** Makes a grower with buffers of its own; a returned step is valid until the next call. */
export function stepGrower(settings: TreeSettings, mostBins: number): StepGrower {
  const running: Running = {
    gradient: new Float64Array(mostBins + 1),
    weights: new Float64Array(mostBins + 1),
    rows: new Float64Array(mostBins + 1),
  }
  const step = emptyStep(Math.max(mostBins, settings.leaves))
  const finder = cutFinder(running, settings)
  return (sums, random) => {
    const bins = sums.gradient.length
    accumulate(sums, running)
    step.pieces = 1
    step.ends[0] = bins - 1
    const found = random ? cutAtRandom(step, running, { settings, random, bins }) : cutGreedily(step, finder, settings)
    if (!found) return undefined
    fillValues(step, running, settings)
    return step
  }
}

/** Index 0 of the running sums is zero, so that the range (from, to] is running[to + 1] - running[from + 1]. */
function accumulate(sums: BinSums, running: Running): void {
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
function cutGreedily(step: Step, finder: CutFinder, { leaves }: TreeSettings): boolean {
  while (step.pieces < leaves) {
    let best = 0
    let piece = -1
    let cut = -1
    for (let q = 0; q < step.pieces; q++) {
      finder.find(q === 0 ? 0 : (step.ends[q - 1] as number) + 1, step.ends[q] as number)
      if (finder.cut >= 0 && finder.gain > best) {
        best = finder.gain
        piece = q
        cut = finder.cut
      }
    }
    if (piece < 0) break
    insertCut(step, cut, piece)
  }
  return step.pieces > 1
}

interface RandomCuts {
  readonly settings: TreeSettings
  readonly random: Random
  readonly bins: number
}

/** Cuts at random places that leave enough rows at both ends of the curve. */
function cutAtRandom(step: Step, { rows }: Running, { settings, random, bins }: RandomCuts): boolean {
  const all = rows[bins] as number
  let first = 0
  while (first < bins - 1 && (rows[first + 1] as number) < settings.rowsPerLeaf) first++
  let last = bins - 2
  while (last >= first && all - (rows[last + 1] as number) < settings.rowsPerLeaf) last--
  if (last < first) return false
  for (let leaf = 1; leaf < settings.leaves; leaf++) {
    const cut = first + random.below(last - first + 1)
    let piece = 0
    while ((step.ends[piece] as number) < cut) piece++
    if (step.ends[piece] !== cut) insertCut(step, cut, piece)
  }
  return step.pieces > 1
}

function insertCut(step: Step, cut: number, piece: number): void {
  for (let q = step.pieces; q > piece; q--) step.ends[q] = step.ends[q - 1] as number
  step.ends[piece] = cut
  step.pieces++
}

function fillValues(step: Step, { gradient, weights }: Running, settings: TreeSettings): void {
  let start = 0
  for (let q = 0; q < step.pieces; q++) {
    const end = (step.ends[q] as number) + 1
    const sum = (gradient[end] as number) - (gradient[start] as number)
    const weight = (weights[end] as number) - (weights[start] as number)
    const value = sum / (weight + settings.lambda + TINY)
    step.values[q] = settings.learningRate * Math.min(settings.largestStep, Math.max(-settings.largestStep, value))
    start = end
  }
}
