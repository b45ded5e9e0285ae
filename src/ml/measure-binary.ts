import { areaUnderCurve, rankScores } from './area-under-curve.ts'
import { log } from './logarithm.ts'
import { clipProbability, type Measurer, weightedMean } from './metrics.ts'
import type { BinaryPrediction } from './prediction.ts'

/** Prepares the measures of a binary prediction; class 1 is positive, a row is called positive from 0.5 on. */
export function measureBinary(codes: Int32Array, prediction: BinaryPrediction): Measurer {
  const { probability, score } = prediction
  const ranked = rankScores(score, (row) => codes[row] === 1)
  const logLoss = probability.map((p, i) => -log(codes[i] === 1 ? clipProbability(p) : 1 - clipProbability(p)))
  const squared = probability.map((p, i) => ((codes[i] === 1 ? 1 : 0) - p) ** 2)
  const called = Uint8Array.from(probability, (p) => (p >= 0.5 ? 1 : 0))
  return (weights) => {
    const auc = areaUnderCurve(ranked, weights)
    return {
      ...(auc === undefined ? {} : { auc }),
      logLoss: weightedMean(logLoss, weights),
      ...countedMetrics(codes, called, weights),
      brier: weightedMean(squared, weights),
    }
  }
}

function countedMetrics(codes: Int32Array, called: Uint8Array, weights?: ArrayLike<number>) {
  let right = 0
  let total = 0
  let truePositives = 0
  let positives = 0
  for (let i = 0; i < codes.length; i++) {
    const weight = weights ? (weights[i] as number) : 1
    const code = codes[i] as number
    const call = called[i] as number
    total += weight
    if (code === call) right += weight
    if (code === 1 && call === 1) truePositives += weight
    positives += weight * (code + call)
  }
  return { accuracy: right / total, f1: positives === 0 ? 0 : (2 * truePositives) / positives }
}
