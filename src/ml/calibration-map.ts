import { orderOfScores } from './area-under-curve.ts'
import { fitLogisticCurve, type ScoredRows } from './fit-logistic-curve.ts'
import { makeIncreasing } from './isotonic.ts'
import { totalWeight, weightOfOneRow } from './row-weights.ts'
import { probabilityOfScore } from './score-scale.ts'

/** Turns log-odds into calibrated probabilities; plain JSON. */
export type CalibrationMap =
  | { readonly kind: 'identity' }
  | { readonly kind: 'platt'; readonly slope: number; readonly intercept: number }
  /** Straight lines between (score, probability) points, level outside. */
  | { readonly kind: 'isotonic'; readonly scores: number[]; readonly probabilities: number[] }

/** Fits one kind of map on scores of a model that did not learn from these rows. */
export function fitCalibrationMap(kind: CalibrationMap['kind'], rows: ScoredRows): CalibrationMap {
  if (kind === 'identity') return { kind }
  return kind === 'platt' ? { kind, ...fitLogisticCurve(rows, true) } : fitIsotonic(rows)
}

/** Calibrated probability of a score. */
export function calibratedProbability(map: CalibrationMap, score: number): number {
  if (map.kind === 'identity') return probabilityOfScore(score)
  if (map.kind === 'platt') return probabilityOfScore(map.slope * score + map.intercept)
  return interpolate(map.scores, map.probabilities, score)
}

/** Isotonic regression; kept half a row away from 0 and 1, because no finite sample proves certainty. */
function fitIsotonic(rows: ScoredRows): CalibrationMap {
  const points = meanByScore(rows)
  const one = weightOfOneRow(rows.weights)
  const rates = Float64Array.from(points, (point) => point.hits / point.weight)
  makeIncreasing(
    rates,
    points.map((point) => point.weight / one),
  )
  const margin = Math.min(0.5, (0.5 * one) / totalWeight(rows.scores.length, rows.weights))
  const knots: { score: number; probability: number }[] = []
  for (const [i, { score }] of points.entries()) {
    const probability = Math.min(1 - margin, Math.max(margin, rates[i] as number))
    // Inside a level stretch only its ends matter.
    const level = i > 0 && i + 1 < points.length && rates[i] === rates[i - 1] && rates[i] === rates[i + 1]
    if (!level) knots.push({ score, probability })
  }
  return {
    kind: 'isotonic',
    scores: knots.map((knot) => knot.score),
    probabilities: knots.map((knot) => knot.probability),
  }
}

interface ScorePoint {
  readonly score: number
  weight: number
  hits: number
}

/** Weight and hits of each score that has weight, ascending. */
function meanByScore({ scores, codes, weights }: ScoredRows): ScorePoint[] {
  const points: ScorePoint[] = []
  for (const row of orderOfScores(scores)) {
    const score = scores[row] as number
    const weight = weights ? (weights[row] as number) : 1
    if (weight === 0) continue
    let point = points.at(-1)
    if (!point || point.score !== score) {
      point = { score, weight: 0, hits: 0 }
      points.push(point)
    }
    point.weight += weight
    if (codes[row] === 1) point.hits += weight
  }
  return points
}

function interpolate(xs: readonly number[], ys: readonly number[], x: number): number {
  let low = 0
  let high = xs.length - 1
  if (x <= (xs[low] as number)) return ys[low] as number
  if (x >= (xs[high] as number)) return ys[high] as number
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((xs[middle] as number) <= x) low = middle
    else high = middle
  }
  const left = xs[low] as number
  const share = (x - left) / ((xs[high] as number) - left)
  return (ys[low] as number) + share * ((ys[high] as number) - (ys[low] as number))
}
