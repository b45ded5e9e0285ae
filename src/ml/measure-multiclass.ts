import { areaUnderCurve, type RankedScores, rankScores } from './area-under-curve.ts'
import { log } from './logarithm.ts'
import { clipProbability, type Measurer, weightedMean } from './metrics.ts'
import type { MulticlassPrediction } from './prediction.ts'

/** Prepares the measures of a multiclass prediction: auc is one against the rest, f1 and auc are means over classes. */
export function measureMulticlass(codes: Int32Array, { probabilities }: MulticlassPrediction): Measurer {
  const classes = probabilities.length
  const called = likeliestClass(probabilities, codes.length)
  const logLoss = new Float64Array(codes.length)
  const squared = new Float64Array(codes.length)
  for (let i = 0; i < codes.length; i++) {
    for (let k = 0; k < classes; k++) {
      const p = (probabilities[k] as Float64Array)[i] as number
      if (codes[i] === k) logLoss[i] = -log(clipProbability(p))
      squared[i] = (squared[i] as number) + ((codes[i] === k ? 1 : 0) - p) ** 2
    }
  }
  const ranked = probabilities.map((scores, k) => rankScores(scores, (row) => codes[row] === k))
  return (weights) => {
    const auc = meanAuc(ranked, weights)
    return {
      ...(auc === undefined ? {} : { auc }),
      logLoss: weightedMean(logLoss, weights),
      ...countedMetrics({ codes, called, classes }, weights),
      brier: weightedMean(squared, weights),
    }
  }
}

/** Class with the highest probability by row; the first of equals. */
export function likeliestClass(probabilities: readonly Float64Array[], rows: number): Int32Array {
  const likeliest = new Int32Array(rows)
  for (let i = 0; i < rows; i++) {
    let best = 0
    for (let k = 1; k < probabilities.length; k++) {
      const p = (probabilities[k] as Float64Array)[i] as number
      if (p > ((probabilities[best] as Float64Array)[i] as number)) best = k
    }
    likeliest[i] = best
  }
  return likeliest
}

function meanAuc(ranked: readonly RankedScores[], weights?: ArrayLike<number>): number | undefined {
  let sum = 0
  for (const scores of ranked) {
    const auc = areaUnderCurve(scores, weights)
    if (auc === undefined) return undefined
    sum += auc
  }
  return sum / ranked.length
}

interface Calls {
  readonly codes: Int32Array
  readonly called: Int32Array
  readonly classes: number
}

function countedMetrics({ codes, called, classes }: Calls, weights?: ArrayLike<number>) {
  const hits = new Float64Array(classes)
  const mentions = new Float64Array(classes)
  let total = 0
  for (let i = 0; i < codes.length; i++) {
    const weight = weights ? (weights[i] as number) : 1
    const code = codes[i] as number
    const call = called[i] as number
    total += weight
    if (code === call) hits[code] = (hits[code] as number) + weight
    mentions[code] = (mentions[code] as number) + weight
    mentions[call] = (mentions[call] as number) + weight
  }
  let right = 0
  let scores = 0
  let present = 0
  for (let k = 0; k < classes; k++) {
    right += hits[k] as number
    if ((mentions[k] as number) === 0) continue
    present++
    scores += (2 * (hits[k] as number)) / (mentions[k] as number)
  }
  return { accuracy: right / total, f1: scores / present }
}
