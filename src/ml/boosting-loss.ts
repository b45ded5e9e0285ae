/** Scores, gradients and weights of rows are laid out output after output: index = output x rows + row. */
export interface LossRows {
  readonly rows: number
  /** Class index or value by row. */
  readonly target: Float64Array
  readonly scores: Float64Array
}

/** A loss as boosting needs it: its mean, and at the present scores its first and second derivative by row. */
export interface BoostingLoss {
  readonly outputs: number
  /** True where the second derivative is 1 for every row whatever the scores. */
  readonly constantWeights: boolean
  /** True where the first derivative is linear in the score. */
  readonly quadratic: boolean
  /** Best constant scores; without row weights each row counts once. */
  start(target: Float64Array, rowWeights?: Float64Array): Float64Array
  /** Writes the negative first derivative and the second derivative (not where it is constant). */
  differentiate(at: LossRows, gradient: Float64Array, weights: Float64Array): void
  /** Writes the loss of each row, but for a constant of the row. */
  byRow(at: LossRows, loss: Float64Array): void
  /** Mean loss, but for the same constants. */
  mean(at: LossRows): number
}
