import type { Change } from './change.ts'

/**
 * Keeps the gradient by cell while terms change. Between two refreshes the loss is taken as quadratic, so that a
 * change of one term alters the gradient of all others in a way that needs no new look at the loss. Terms are visited
 * a block at a time: their gradients are asked for first, then all of their changes are noted.
 */
export interface GradientTracker {
  /** Terms of a block. */
  readonly blockSize: number
  /** Estimated nanoseconds of a refresh, of working the second derivatives out, and of a visit of a term and output. */
  readonly refreshWork: number
  readonly buildWork: number
  readonly visitWork: number
  /** Works the gradient out exactly; with `weights` the second derivatives too. */
  refresh(scores: Float64Array, weights: boolean): void
  /** By term: the change that is to be made next, into which it is written. */
  readonly changes: readonly Change[]
  /** Prepares the gradients of a block of terms, for one output. */
  lookAt(terms: readonly number[], output: number): void
  /** Gradient by cell of one term of the block; the same array at every look. */
  gradientOf(term: number, output: number): Float64Array
  /** Second derivative by cell; the same array after every refresh. */
  weightsOf(term: number, output: number): Float64Array
  /** Takes note of the changes of the terms of a block; an empty one changes nothing. */
  apply(terms: readonly number[], output: number): void
}
