import type { Fold } from '#ml/folds'
import type { Metrics } from '#ml/metrics'
import type { Model } from '#ml/model'
import type { Prediction } from '#ml/prediction'
import type { FoldFigures } from './fold-comparison.ts'
import type { LoadedRows } from './load-rows.ts'
import type { Directions, TrainingDecision } from './schema.ts'
import type { TrainerName } from './trainers.ts'
import type { WorkBudget } from './work-budget.ts'

/** One way to fit that is to be measured. */
export interface CandidatePlan {
  readonly trainer: TrainerName
  readonly monotone: Directions
  readonly settings: TrainingDecision['settings']
}

/** The rows and folds on which candidates are compared. */
export interface Bench {
  readonly rows: LoadedRows
  readonly folds: readonly Fold[]
  readonly budget: WorkBudget
  readonly seed: number
}

/** What a candidate is worth: its folds, its out-of-fold scores, and the model on all training rows. */
export interface Measured {
  readonly plan: CandidatePlan
  readonly folds: readonly FoldFigures[]
  /** Training rows in the order of `prediction`; with folds by time not all of them. */
  readonly rows: Int32Array
  /** Of models that never saw the row. */
  readonly prediction: Prediction
  readonly model: Model
  /** Measures of the model on the rows that it learnt from. */
  readonly trained: Metrics
}
