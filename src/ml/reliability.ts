import { orderOfScores } from './area-under-curve.ts'
import { fitLogisticCurve } from './fit-logistic-curve.ts'
import { log } from './logarithm.ts'
import { likeliestClass } from './measure-multiclass.ts'
import { clipProbability, weightedMean } from './metrics.ts'
import type { Prediction } from './prediction.ts'
import { type RowWeights, totalWeight } from './row-weights.ts'
import { NORMAL_97_5 } from './student-t.ts'
import type { ClassTarget } from './table.ts'

/** Rows of similar probability: what was said and what came true, as weighted, with Wilson's 95 % interval. */
export interface ReliabilityBin {
  /** Rows of a weight above zero. */
  readonly rows: number
  readonly meanProbability: number
  readonly rate: number
  readonly low: number
  readonly high: number
}

/** How far probabilities can be taken at their word. */
export interface Reliability {
  readonly bins: ReliabilityBin[]
  readonly brier: number
  /** Expected calibration error: mean distance of probability and rate over the bins, by their weight. */
  readonly expectedError: number
  /** Logistic regression of the truth on the log-odds; 1 and 0 are perfect. */
  readonly slope: number
  readonly intercept: number
}

const BINS = 10

/** Judges probabilities of one event; `codes` is 1 where it came true. */
export function judgeReliability(codes: Int32Array, probability: Float64Array, weights?: RowWeights): Reliability {
  const judged = quantileBins({ codes, probability, weights })
  const total = totalWeight(codes.length, weights)
  const off = judged.map(({ weight, bin }) => (weight / total) * Math.abs(bin.meanProbability - bin.rate))
  const squares = probability.map((p, i) => ((codes[i] === 1 ? 1 : 0) - p) ** 2)
  const logOdds = probability.map((p) => log(clipProbability(p) / (1 - clipProbability(p))))
  return {
    bins: judged.map(({ bin }) => bin),
    brier: weightedMean(squares, weights),
    expectedError: off.reduce((sum, distance) => sum + distance, 0),
    ...fitLogisticCurve({ scores: logOdds, codes, weights }, false),
  }
}

/** Judges a prediction: of the positive class, or with more classes of the class that was called. */
export function judgePrediction(target: ClassTarget, prediction: Prediction, weights?: RowWeights): Reliability {
  if (prediction.task === 'binary') return judgeReliability(target.codes, prediction.probability, weights)
  if (prediction.task === 'regression') throw new Error('a regression has no probabilities to judge')
  const called = likeliestClass(prediction.probabilities, target.codes.length)
  const hit = target.codes.map((code, i) => (code === called[i] ? 1 : 0))
  const sureness = Float64Array.from(called, (k, i) => (prediction.probabilities[k] as Float64Array)[i] as number)
  return judgeReliability(hit, sureness, weights)
}

/** Wilson's score interval of a rate, 95 %. */
export function wilsonInterval(hits: number, rows: number): { low: number; high: number } {
  if (rows === 0) return { low: 0, high: 1 }
  const z = NORMAL_97_5
  const rate = hits / rows
  const centre = (rate + (z * z) / (2 * rows)) / (1 + (z * z) / rows)
  const half = (z / (1 + (z * z) / rows)) * Math.sqrt((rate * (1 - rate)) / rows + (z * z) / (4 * rows * rows))
  return { low: hits === 0 ? 0 : centre - half, high: hits === rows ? 1 : centre + half }
}

interface JudgedRows {
  readonly codes: Int32Array
  readonly probability: Float64Array
  readonly weights: RowWeights
}

interface WeighedBin {
  readonly weight: number
  readonly bin: ReliabilityBin
}

/** Ten bins of about equal weight; rows of one probability are never torn apart, rows of weight zero are in none. */
function quantileBins(judged: JudgedRows): WeighedBin[] {
  const { probability, weights } = judged
  const order = orderOfScores(probability).filter((row) => !weights || (weights[row] as number) > 0)
  const total = totalWeight(probability.length, weights)
  const bins: WeighedBin[] = []
  let reached = 0
  let start = 0
  while (start < order.length) {
    // A sum of weights that should just reach it may be short of it by rounding.
    const wanted = (((bins.length + 1) * total) / BINS) * (1 - 1e-12)
    let end = start
    const same = (): boolean => probability[order[end] as number] === probability[order[end - 1] as number]
    while (end < order.length && (end === start || reached < wanted || same())) {
      reached += weights ? (weights[order[end] as number] as number) : 1
      end++
    }
    bins.push(binOf(order.subarray(start, end), judged))
    start = end
  }
  return bins
}

/** Wilson's interval is for as many rows as would say as much with equal weights (Kish). */
function binOf(rows: Int32Array, { codes, probability, weights }: JudgedRows): WeighedBin {
  let hits = 0
  let sum = 0
  let weight = 0
  let squares = 0
  for (const row of rows) {
    const own = weights ? (weights[row] as number) : 1
    hits += codes[row] === 1 ? own : 0
    sum += own * (probability[row] as number)
    weight += own
    squares += own * own
  }
  const equal = (weight * weight) / squares
  const rate = hits / weight
  const interval = wilsonInterval(rate === 1 ? equal : hits * (equal / weight), equal)
  return { weight, bin: { rows: rows.length, meanProbability: sum / weight, rate, ...interval } }
}
