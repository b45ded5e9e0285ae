import { orderOfScores } from './area-under-curve.ts'
import { fitLogisticCurve } from './fit-logistic-curve.ts'
import { log } from './logarithm.ts'
import { likeliestClass } from './measure-multiclass.ts'
import { clipProbability } from './metrics.ts'
import type { Prediction } from './prediction.ts'
import { NORMAL_97_5 } from './student-t.ts'
import type { ClassTarget } from './table.ts'

/** Rows of similar probability: what was said and what came true, with Wilson's 95 % interval. */
export interface ReliabilityBin {
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
  /** Expected calibration error: mean distance of probability and rate over the bins, weighted by rows. */
  readonly expectedError: number
  /** Logistic regression of the truth on the log-odds; 1 and 0 are perfect. */
  readonly slope: number
  readonly intercept: number
}

const BINS = 10

/** Judges probabilities of one event; `codes` is 1 where it came true. */
export function judgeReliability(codes: Int32Array, probability: Float64Array): Reliability {
  const bins = quantileBins(codes, probability)
  const rows = codes.length
  const expectedError = bins.reduce((sum, bin) => sum + (bin.rows / rows) * Math.abs(bin.meanProbability - bin.rate), 0)
  let squares = 0
  for (let i = 0; i < rows; i++) squares += ((codes[i] === 1 ? 1 : 0) - (probability[i] as number)) ** 2
  const logOdds = probability.map((p) => log(clipProbability(p) / (1 - clipProbability(p))))
  return { bins, brier: squares / rows, expectedError, ...fitLogisticCurve(logOdds, codes, false) }
}

/** Judges a prediction: of the positive class, or with more classes of the class that was called. */
export function judgePrediction(target: ClassTarget, prediction: Prediction): Reliability {
  if (prediction.task === 'binary') return judgeReliability(target.codes, prediction.probability)
  if (prediction.task === 'regression') throw new Error('a regression has no probabilities to judge')
  const called = likeliestClass(prediction.probabilities, target.codes.length)
  const hit = target.codes.map((code, i) => (code === called[i] ? 1 : 0))
  const sureness = Float64Array.from(called, (k, i) => (prediction.probabilities[k] as Float64Array)[i] as number)
  return judgeReliability(hit, sureness)
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

/** Ten bins of about equally many rows; rows of one probability are never torn apart. */
function quantileBins(codes: Int32Array, probability: Float64Array): ReliabilityBin[] {
  const order = orderOfScores(probability)
  const bins: ReliabilityBin[] = []
  let start = 0
  while (start < order.length) {
    const wanted = Math.ceil(((bins.length + 1) * order.length) / BINS)
    let end = Math.max(start + 1, wanted)
    const same = (a: number, b: number): boolean =>
      probability[order[a] as number] === probability[order[b] as number]
    while (end < order.length && same(end, end - 1)) end++
    bins.push(binOf(order.subarray(start, end), codes, probability))
    start = end
  }
  return bins
}

function binOf(rows: Int32Array, codes: Int32Array, probability: Float64Array): ReliabilityBin {
  let hits = 0
  let sum = 0
  for (const row of rows) {
    hits += codes[row] === 1 ? 1 : 0
    sum += probability[row] as number
  }
  const count = rows.length
  return { rows: count, meanProbability: sum / count, rate: hits / count, ...wilsonInterval(hits, count) }
}
