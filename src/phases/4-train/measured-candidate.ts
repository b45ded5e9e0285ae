import type { Json } from '#core/canonical-json'
import type { FoldFigures } from '#ml/fold-comparison'
import type { Fold } from '#ml/folds'
import type { Metrics } from '#ml/metrics'
import type { Model } from '#ml/model'
import type { Table } from '#ml/table'
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
  /** The rows as each fold sees them, where steps learn from its learning rows; null where all see `rows`. */
  readonly foldTables: readonly Table[] | null
  readonly budget: WorkBudget
  readonly seed: number
}

/** Out-of-fold log-odds of the positive class, from which calibration and threshold are settled. */
export interface OutOfFold {
  /** Training rows in the order of `scores`; with folds by time not all of them. */
  readonly rows: Int32Array
  readonly scores: Float64Array
}

/** What a candidate is worth: its folds, what it says out of fold, and the model on all training rows. */
export interface Measured {
  readonly plan: CandidatePlan
  readonly folds: readonly FoldFigures[]
  /** What models said of rows that they never saw; null for tasks in which nothing is settled by it. */
  readonly outOfFold: OutOfFold | null
  /** Mean gap between said probability and share of rows, out of fold; null for a regression. */
  readonly calibrationError: number | null
  readonly model: Model
  /** Measures of the model on the rows that it learnt from. */
  readonly trained: Metrics
  /** What is drawn of the out-of-fold predictions, as JSON; absent where a proposal was made before this was kept. */
  readonly fresh?: Json
}
