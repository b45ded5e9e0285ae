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
const RANK = 0.95
const ALONG = 0.85
const KEPT = 0.99
/** A curve that moves less than this many deviations over the bags is not shown to move at all. */
const DEVIATIONS = 3

/** Judges a curve; null where the evidence for a direction is not strong on every count. */
export function judgeCurve(term: NumericTerm): MonotoneCurve | null {
  const scores = Float64Array.from(term.scores[0] ?? [])
  if (scores.length < FEWEST_BINS || !movesEnough(term)) return null
  const weights = Float64Array.from(term.weight)
  const rank = rankCorrelation(scores, weights)
  const direction: Direction = rank >= 0 ? 'increasing' : 'decreasing'
  const along = movementAlong(scores, weights, direction)
  const kept = varianceKept(scores, weights, direction)
  if (Math.abs(rank) < RANK || along < ALONG || kept < KEPT) return null
  return { feature: term.feature, direction, rank, along, kept }
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
