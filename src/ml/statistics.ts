import type { BinLayout } from './binned-rows.ts'
import type { TermShape } from './term-shape.ts'

/**
 * The only two questions that boosting asks the rows. Typed arrays answer them here; SQL could answer them where a
 * table lies that is too large for one machine. Scores are those of the terms, by output and cell.
 */
export interface Statistics {
  readonly layout: BinLayout
  readonly shapes: readonly TermShape[]
  readonly outputs: number
  /** True where the weights do not depend on the scores, so that one answer holds for the whole fit. */
  readonly constantWeights: boolean
  /** True where the gradient is linear in the scores, so that it needs a refresh against rounding only. */
  readonly quadratic: boolean
  /** Rows in each cell, each counted once whatever its weight. */
  readonly rowsByCell: Float64Array
  /** Negative gradient of the loss at these scores, summed by cell, by output and cell. */
  gradientByCell(scores: Float64Array, gradient: Float64Array): void
  /** Second derivative at the scores last asked for, summed by pair of cells (cells x cells, symmetrical). */
  weightsByPair(output: number, weights: Float32Array): void
}
