import { weightedMean } from './metrics.ts'
import { quantileOfSorted } from './quantile.ts'
import { weightedQuantile } from './quantile-loss.ts'
import { type RowWeights, rowsThatCount } from './row-weights.ts'

/** How far the predictions of a regression are off: truth minus prediction. */
export interface ResidualSummary {
  readonly rows: number
  readonly mean: number
  readonly deviation: number
  /** Quantiles of the residual. */
  readonly quantiles: { readonly share: number; readonly value: number }[]
  /** Quantiles of the absolute residual: "half of the rows are within ...". */
  readonly within: { readonly share: number; readonly value: number }[]
}

/**
 * Summarises the residuals of a regression. Quantiles are those of numpy: between two rows without weights, and with
 * weights the least residual that enough of the weight does not exceed.
 */
export function summariseResiduals(
  truth: Float64Array,
  predicted: Float64Array,
  weights?: RowWeights,
): ResidualSummary {
  const residuals = truth.map((value, i) => value - (predicted[i] as number))
  const mean = weightedMean(residuals, weights)
  const squares = residuals.map((residual) => (residual - mean) ** 2)
  const quantileOf = quantilesOf(residuals, weights)
  const sizeOf = quantilesOf(residuals.map(Math.abs), weights)
  return {
    rows: rowsThatCount(residuals.length, weights).length,
    mean,
    deviation: Math.sqrt(weightedMean(squares, weights)),
    quantiles: [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map((share) => ({ share, value: quantileOf(share) })),
    within: [0.5, 0.8, 0.9, 0.95].map((share) => ({ share, value: sizeOf(share) })),
  }
}

function quantilesOf(values: Float64Array, weights: RowWeights): (share: number) => number {
  if (weights) return (share) => weightedQuantile(values, share, weights)
  const sorted = values.slice().sort()
  return (share) => quantileOfSorted(sorted, share)
}
