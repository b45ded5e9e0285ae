import { type Measurer, weightedMean } from './metrics.ts'
import type { RegressionPrediction } from './prediction.ts'

/** Prepares the measures of a regression; r2 of a constant target is 1 where every row is hit and 0 otherwise. */
export function measureRegression(values: Float64Array, prediction: RegressionPrediction): Measurer {
  const squared = values.map((value, i) => (value - (prediction.value[i] as number)) ** 2)
  const absolute = values.map((value, i) => Math.abs(value - (prediction.value[i] as number)))
  return (weights) => {
    const meanSquared = weightedMean(squared, weights)
    const spread = weightedVariance(values, weights)
    const r2 = spread === 0 ? (meanSquared === 0 ? 1 : 0) : 1 - meanSquared / spread
    return { r2, rmse: Math.sqrt(meanSquared), mae: weightedMean(absolute, weights) }
  }
}

function weightedVariance(values: Float64Array, weights?: ArrayLike<number>): number {
  const mean = weightedMean(values, weights)
  let sum = 0
  let total = 0
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? (weights[i] as number) : 1
    sum += weight * ((values[i] as number) - mean) ** 2
    total += weight
  }
  return sum / total
}
