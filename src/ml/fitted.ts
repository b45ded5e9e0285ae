import type { Model } from './model.ts'

/** Scores of rows by models that did not learn from them. */
export interface OutOfFold {
  /** Rows of the training table, ascending; not all where a large table was thinned out. */
  readonly rows: Int32Array
  /** By output, on the scale of the link, in the order of `rows`. */
  readonly scores: readonly Float64Array[]
}

/** A fitted model with what its bags say of the rows that they held out. */
export interface Fitted {
  readonly model: Model
  /** Absent for trainers without bags. */
  readonly outOfFold?: OutOfFold
}
