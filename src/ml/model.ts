import type { ShapeEdit } from './shape-edit.ts'
import type { Task } from './table.ts'

/** The trainers that exist. */
export type Trainer = 'glassbox' | 'glassbox-main' | 'linear' | 'trees' | 'dummy'

/** Scale on which terms add up: log-odds, log of class weights, the target itself, or its logarithm. */
export type Link = 'logit' | 'softmax' | 'identity' | 'log'

/** Direction in which a curve may go. */
export type Direction = 'increasing' | 'decreasing'

/** What a regression minimises; a quantile has its level between 0 and 1. */
export type Loss =
  | { readonly kind: 'squared' | 'poisson' | 'gamma' }
  | { readonly kind: 'quantile'; readonly level: number }

/** Scores with their spread over the bags; all by output and bin (or cell). */
interface Curve {
  readonly scores: number[][]
  /** Standard deviation of the score over the bags. */
  readonly deviation: number[][]
  /** Ends of the bootstrapped 95 % band of the score; absent in models of version 1. */
  readonly lower?: number[][]
  readonly upper?: number[][]
  /** Training rows by bin (or cell). */
  readonly weight: number[]
}

/** What every term says; arrays named "by output" hold one number, or one for each class of a multiclass model. */
interface TermBase {
  /** Mean absolute contribution over the training rows (over the outputs too). */
  readonly importance: number
  /** 95 % interval of the importance over the bags; absent in models of version 1 and where there are no bags. */
  readonly importanceInterval?: readonly [number, number]
}

/** A term that reads one feature. */
interface FeatureTermBase extends TermBase {
  readonly feature: string
  /** Score of a missing value, by output. */
  readonly missing: number[]
  /** Training rows with a missing value. */
  readonly missingWeight: number
}

/** A curve in steps over a number; bin i holds edges[i-1] < value <= edges[i]. */
export interface NumericTerm extends FeatureTermBase, Curve {
  readonly kind: 'numeric'
  /** Increasing borders between observed values; one fewer than bins. */
  readonly edges: number[]
  readonly monotone?: Direction
}

/** A score for each bin of levels; levels are matched by their text. */
export interface CategoryTerm extends FeatureTermBase, Curve {
  readonly kind: 'category'
  readonly levels: string[]
  /** Bin of each level; several levels share a bin where they are pooled or encoded by their mean. */
  readonly bins: number[]
  /** True where the bins follow an order that was given, not one that was found. */
  readonly ordered?: boolean
  readonly monotone?: Direction
  /** Score of a level that has no bin, by output. */
  readonly unseen: number[]
  /** Training rows whose level has no bin (too rare). */
  readonly unseenWeight: number
}

/** A straight line: the contribution is slope x (value - mean), shifted so that the training mean is zero. */
export interface SlopeTerm extends FeatureTermBase {
  readonly kind: 'slope'
  readonly mean: number
  readonly scale: number
  /** Change of the score for one unit of the value, by output. */
  readonly slope: number[]
  /** Added to every value that is present, by output. */
  readonly shift: number[]
}

/** One side of a pair. Slot 0 is a missing value. */
export type PairAxis =
  | {
      readonly kind: 'numeric'
      readonly feature: string
      /** Slot i + 1 holds edges[i-1] < value <= edges[i]. */
      readonly edges: number[]
      readonly monotone?: Direction
    }
  | {
      readonly kind: 'category'
      readonly feature: string
      readonly levels: string[]
      /** Slot of each level. */
      readonly slots: number[]
      /** Slot of a level that is not listed. */
      readonly unseen: number
      /** Slots, the missing one included. */
      readonly size: number
      readonly ordered?: boolean
      readonly monotone?: Direction
    }

/** A score for each cell of two features; cell = slot of the first x slots of the second + slot of the second. */
export interface PairTerm extends TermBase, Curve {
  readonly kind: 'pair'
  readonly axes: readonly [PairAxis, PairAxis]
}

/** One additive part of a model that reads one feature. */
export type FeatureTerm = NumericTerm | CategoryTerm | SlopeTerm

/** One additive part of a model. */
export type Term = FeatureTerm | PairTerm

/** How a score on the log scale becomes a value again: exp(clip(score)) x smear. */
export interface LogScale {
  readonly low: number
  readonly high: number
  readonly smear: number
}

/** A feature that trees read. */
export type ForestFeature =
  | { readonly kind: 'numeric'; readonly feature: string }
  | { readonly kind: 'category'; readonly feature: string; readonly levels: string[] }

/**
 * One tree. Splits are numbered from the root, 0, on; a child is the number of a split, or ~leaf (negative) of a leaf.
 * A tree of one leaf has no split.
 */
export interface Tree {
  /** By split: position in the features of the forest. */
  readonly feature: number[]
  /** By split: a number at most this goes left; null where the split is of levels. */
  readonly threshold: (number | null)[]
  /** By split: positions of the levels that go left, ascending; null where the split is of numbers. Unlisted levels go right. */
  readonly levels: (number[] | null)[]
  /** By split: whether a missing value goes left. */
  readonly missingLeft: boolean[]
  readonly left: number[]
  readonly right: number[]
  /** By leaf: what it adds to the score. */
  readonly value: number[]
  /** By leaf: training rows (the sum of their weights). */
  readonly weight: number[]
}

/** Boosted trees that add up, by output and round. */
export interface Forest {
  readonly features: ForestFeature[]
  readonly trees: Tree[][]
  /** Mean absolute contribution of each feature over the training rows (mean over the outputs). */
  readonly importance: number[]
}

/** What edits changed, as it was fitted: with it the edits can be taken back. */
export interface Unedited {
  readonly version: 1 | 2
  readonly intercepts: number[]
  /** The terms that were changed or removed, each with its place among the fitted terms, ascending. */
  readonly terms: { readonly place: number; readonly term: Term }[]
}

/** A fitted model as plain JSON: finite numbers, strings and arrays only. */
export interface Model {
  readonly format: 'signalbox-model'
  /** Version 2 added pairs, bands, trees and losses; a model of version 1 is read as it is. */
  readonly version: 1 | 2
  readonly trainer: Trainer
  readonly task: Task
  readonly link: Link
  /** Absent where it is the ordinary one of the task. */
  readonly loss?: Loss
  /** Class names in the order of the outputs; for a binary task the second is the positive one. */
  readonly classes?: string[]
  /** Start of the sum, by output. */
  readonly intercepts: number[]
  readonly terms: Term[]
  /** The trees of a model of trees, which has no terms. */
  readonly forest?: Forest
  readonly logScale?: LogScale
  readonly training: TrainingFacts
  /** What was done to the fitted shapes since, in this order; absent where nothing was. `terms` holds the result. */
  readonly edits?: readonly ShapeEdit[]
  /** Present where `edits` is. */
  readonly unedited?: Unedited
}

/** What was done to fit the model; counts only, never times. */
export interface TrainingFacts {
  readonly rows: number
  readonly seed: number
  /** Boosting rounds kept in each bag. */
  readonly rounds?: number[]
  /** The same for the pairs, where there are any. */
  readonly pairRounds?: number[]
  /** L2 penalty chosen by cross-validation, on standardised inputs. */
  readonly lambda?: number
  /** Share of the penalty that is L1 (elastic net). */
  readonly l1Ratio?: number
}

/** The features that a term reads. */
export function featuresOfTerm(term: Term): readonly string[] {
  return term.kind === 'pair' ? [term.axes[0].feature, term.axes[1].feature] : [term.feature]
}

/** Name under which a term is shown; pairs name both features. */
export function nameOfTerm(term: Term): string {
  return featuresOfTerm(term).join(' × ')
}

/** Slots of one side of a pair, the missing one included. */
export function slotsOfAxis(axis: PairAxis): number {
  return axis.kind === 'numeric' ? axis.edges.length + 2 : axis.size
}
