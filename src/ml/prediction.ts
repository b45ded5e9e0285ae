/** Log-odds and probability of the positive class by row. */
export interface BinaryPrediction {
  readonly task: 'binary'
  readonly score: Float64Array
  readonly probability: Float64Array
}

/** Probability by class and row. */
export interface MulticlassPrediction {
  readonly task: 'multiclass'
  readonly probabilities: Float64Array[]
}

/** Predicted value by row, in the units of the target. */
export interface RegressionPrediction {
  readonly task: 'regression'
  readonly value: Float64Array
}

/** What a model says about the rows of a table. */
export type Prediction = BinaryPrediction | MulticlassPrediction | RegressionPrediction

/** What a model says about one row. */
export type RowPrediction =
  | { readonly task: 'binary'; readonly score: number; readonly probability: number }
  | { readonly task: 'multiclass'; readonly probabilities: number[] }
  | { readonly task: 'regression'; readonly value: number }
