import type { BinLayout } from './binned-rows.ts'

/**
 * The only two questions that boosting asks the rows. Typed arrays answer them here; SQL could answer them where a
 * table lies that is too large for one machine. Curves hold the score by output and bin.
 */
export interface Statistics {
  readonly layout: BinLayout
  readonly outputs: number
  /** True where the weights do not depend on the curves, so that one answer holds for the whole fit. */
  readonly constantWeights: boolean
  /** Rows in each bin. */
  readonly rowsByBin: Float64Array
  /** Negative gradient of the loss at these curves, summed by bin, by output and bin. */
  gradientByBin(curves: Float64Array, gradient: Float64Array): void
  /** Second derivative at the curves last asked for, summed by pair of bins (bins x bins, symmetrical). */
  weightsByPair(output: number, weights: Float32Array): void
}
