import type { Task } from './table.ts'

/** The trainers that exist. */
export type Trainer = 'glassbox-main' | 'linear' | 'dummy'

/** Scale on which terms add up: log-odds, log of class weights, the target itself, or its logarithm. */
export type Link = 'logit' | 'softmax' | 'identity' | 'log'

/** Direction in which a curve may go. */
export type Direction = 'increasing' | 'decreasing'

/** What every term says; arrays named "by output" hold one number, or one for each class of a multiclass model. */
interface TermBase {
  readonly feature: string
  /** Score of a missing value, by output. */
  readonly missing: number[]
  /** Training rows with a missing value. */
  readonly missingWeight: number
  /** Mean absolute contribution over the training rows (over the outputs too). */
  readonly importance: number
}

/** A curve in steps over a number; bin i holds edges[i-1] < value <= edges[i]. */
export interface NumericTerm extends TermBase {
  readonly kind: 'numeric'
  /** Increasing borders between observed values; one fewer than bins. */
  readonly edges: number[]
  /** Score by output and bin. */
  readonly scores: number[][]
  /** Standard deviation of the score over the bags, by output and bin. */
  readonly deviation: number[][]
  /** Training rows by bin. */
  readonly weight: number[]
  readonly monotone?: Direction
}

/** A score for each bin of levels; levels are matched by their text. */
export interface CategoryTerm extends TermBase {
  readonly kind: 'category'
  readonly levels: string[]
  /** Bin of each level; several levels share a bin where they are pooled or encoded by their mean. */
  readonly bins: number[]
  /** Score by output and bin. */
  readonly scores: number[][]
  /** Standard deviation of the score over the bags, by output and bin. */
  readonly deviation: number[][]
  /** Training rows by bin. */
  readonly weight: number[]
  /** Score of a level that has no bin, by output. */
  readonly unseen: number[]
  /** Training rows whose level has no bin (too rare). */
  readonly unseenWeight: number
}

/** A straight line: the contribution is slope x (value - mean), shifted so that the training mean is zero. */
export interface SlopeTerm extends TermBase {
  readonly kind: 'slope'
  readonly mean: number
  readonly scale: number
  /** Change of the score for one unit of the value, by output. */
  readonly slope: number[]
  /** Added to every value that is present, by output. */
  readonly shift: number[]
}

/** One additive part of a model. */
export type Term = NumericTerm | CategoryTerm | SlopeTerm

/** How a score on the log scale becomes a value again: exp(clip(score)) x smear. */
export interface LogScale {
  readonly low: number
  readonly high: number
  readonly smear: number
}

/** A fitted model as plain JSON: finite numbers, strings and arrays only. */
export interface Model {
  readonly format: 'signalbox-model'
  readonly version: 1
  readonly trainer: Trainer
  readonly task: Task
  readonly link: Link
  /** Class names in the order of the outputs; for a binary task the second is the positive one. */
  readonly classes?: string[]
  /** Start of the sum, by output. */
  readonly intercepts: number[]
  readonly terms: Term[]
  readonly logScale?: LogScale
  readonly training: TrainingFacts
}

/** What was done to fit the model; counts only, never times. */
export interface TrainingFacts {
  readonly rows: number
  readonly seed: number
  /** Boosting rounds kept in each bag. */
  readonly rounds?: number[]
  /** L2 penalty chosen by cross-validation, on standardised inputs. */
  readonly lambda?: number
}
