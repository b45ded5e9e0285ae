import { makeDecreasing, makeIncreasing } from '#ml/isotonic'
import type { Direction, NumericTerm } from '#ml/model'

/** How one-sided a fitted curve is. */
export interface MonotoneCurve {
  readonly feature: string
  readonly direction: Direction
  /** Rank correlation of bins and scores, weighted by rows, from -1 to 1. */
  readonly rank: number
  /** Share of all movement along the curve, weighted by rows, that goes in the direction. */
  readonly along: number
  /** Share of the curve's variance that its nearest monotone curve keeps. */
  readonly kept: number
}

const FEWEST_BINS = 5
/** The nearest monotone curve must say nearly the same, however wide the band is. */
const KEPT = 0.9
/** A curve that moves less than this many deviations over the bags is not shown to move at all. */
const DEVIATIONS = 3

/**
 * Judges a curve: it goes one way where a curve that only rises (or only falls) fits into its 95 % band in every bin with
 * rows, and none that goes the other way does. So it rises somewhere by more than its uncertainty, and falls nowhere by
 * more. Null where the evidence is not strong on every count.
 */
export function judgeCurve(term: NumericTerm): MonotoneCurve | null {
  const scores = Float64Array.from(term.scores[0] ?? [])
  if (scores.length < FEWEST_BINS || !movesEnough(term)) return null
  const direction = directionInBand(term)
  if (direction === null) return null
  const weights = Float64Array.from(term.weight)
  const kept = varianceKept(scores, weights, direction)
  if (kept < KEPT) return null
  const rank = rankCorrelation(scores, weights)
  return { feature: term.feature, direction, rank, along: movementAlong(scores, weights, direction), kept }
}

/** The only direction that a curve inside the band can have; null where there is none, or both can be. */
function directionInBand({ lower, upper, weight }: NumericTerm): Direction | null {
  const [low, high] = [lower?.[0], upper?.[0]]
  if (low === undefined || high === undefined) return null
  const bins = [...weight.keys()].filter((bin) => (weight[bin] ?? 0) > 0)
  const rises = fitsRising(bins, low, high)
  if (rises === fitsRising(bins.toReversed(), low, high)) return null
  return rises ? 'increasing' : 'decreasing'
}

/** A curve that never falls fits exactly where no lower end lies above a later upper end. */
function fitsRising(bins: readonly number[], lower: readonly number[], upper: readonly number[]): boolean {
  let highest = -Infinity
  return bins.every((bin) => {
    highest = Math.max(highest, lower[bin] ?? -Infinity)
    return highest <= (upper[bin] ?? Infinity)
  })
}

function movesEnough(term: NumericTerm): boolean {
  const scores = term.scores[0] ?? []
  const deviation = term.deviation[0] ?? []
  const total = sum(term.weight)
  const spread = sum(deviation.map((value, bin) => value * (term.weight[bin] ?? 0))) / Math.max(1, total)
  return Math.max(...scores) - Math.min(...scores) > DEVIATIONS * spread
}

/** Spearman's correlation where each bin counts as many times as it has rows. */
function rankCorrelation(scores: Float64Array, weights: Float64Array): number {
  const inOrder = scores.map((_, bin) => bin)
  return correlation(weightedRanks(inOrder, weights), weightedRanks(scores, weights), weights)
}

function weightedRanks(values: Float64Array, weights: Float64Array): Float64Array {
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Float64Array(values.length)
  let below = 0
  for (let i = 0; i < order.length; ) {
    let end = i
    let tied = 0
    while (end < order.length && values[order[end] ?? 0] === values[order[i] ?? 0])
      tied += weights[order[end++] ?? 0] ?? 0
    for (; i < end; i++) ranks[order[i] ?? 0] = below + tied / 2
    below += tied
  }
  return ranks
}

function correlation(a: Float64Array, b: Float64Array, weights: Float64Array): number {
  const total = sum(weights)
  const mean = (values: Float64Array): number => sum(values.map((value, i) => value * (weights[i] ?? 0))) / total
  const product = (x: Float64Array, y: Float64Array): number => {
    const [meanX, meanY] = [mean(x), mean(y)]
    return sum(x.map((value, i) => (weights[i] ?? 0) * (value - meanX) * ((y[i] ?? 0) - meanY)))
  }
  const spread = Math.sqrt(product(a, a) * product(b, b))
  return spread > 0 ? product(a, b) / spread : 0
}

function movementAlong(scores: Float64Array, weights: Float64Array, direction: Direction): number {
  let along = 0
  let against = 0
  for (let bin = 1; bin < scores.length; bin++) {
    const step = ((scores[bin] ?? 0) - (scores[bin - 1] ?? 0)) * (direction === 'increasing' ? 1 : -1)
    const weight = Math.min(weights[bin] ?? 0, weights[bin - 1] ?? 0)
    if (step > 0) along += step * weight
    else against -= step * weight
  }
  return along + against > 0 ? along / (along + against) : 0
}

function varianceKept(scores: Float64Array, weights: Float64Array, direction: Direction): number {
  const held = scores.slice()
  if (direction === 'increasing') makeIncreasing(held, weights)
  else makeDecreasing(held, weights)
  const mean = sum(scores.map((value, i) => value * (weights[i] ?? 0))) / sum(weights)
  const variance = sum(scores.map((value, i) => (weights[i] ?? 0) * (value - mean) ** 2))
  const lost = sum(scores.map((value, i) => (weights[i] ?? 0) * (value - (held[i] ?? 0)) ** 2))
  return variance > 0 ? 1 - lost / variance : 0
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i] ?? 0
  return total
}
