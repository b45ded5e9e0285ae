import { quantileOfSorted } from './quantile.ts'

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

/** Summarises the residuals of a regression. */
export function summariseResiduals(truth: Float64Array, predicted: Float64Array): ResidualSummary {
  const residuals = truth.map((value, i) => value - (predicted[i] as number))
  const rows = residuals.length
  let sum = 0
  for (const residual of residuals) sum += residual
  const mean = sum / rows
  let squares = 0
  for (const residual of residuals) squares += (residual - mean) ** 2
  const sorted = residuals.slice().sort()
  const sizes = residuals.map(Math.abs).sort()
  return {
    rows,
    mean,
    deviation: Math.sqrt(squares / rows),
    quantiles: [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map((share) => ({
      share,
      value: quantileOfSorted(sorted, share),
    })),
    within: [0.5, 0.8, 0.9, 0.95].map((share) => ({ share, value: quantileOfSorted(sizes, share) })),
  }
}
