import type { Change } from './change.ts'

/**
 * Keeps the gradient by cell while terms change. Between two refreshes the loss is taken as quadratic, so that a
 * change of one term alters the gradient of all others in a way that needs no new look at the loss.
 */
export interface GradientTracker {
  /** Works the gradient out exactly; with `weights` the second derivatives too. */
  refresh(scores: Float64Array, weights: boolean): void
  /** Gradient by cell of one term and output; valid until the next call. */
  gradientOf(term: number, output: number): Float64Array
  /** Second derivative by cell. */
  weightsOf(term: number, output: number): Float64Array
  /** Takes note of a change. */
  apply(change: Change, term: number, output: number): void
}
