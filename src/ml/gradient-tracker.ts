import type { Change } from './change.ts'

/**
 * Keeps the gradient by cell while terms change. Between two refreshes the loss is taken as quadratic, so that a
 * change of one term alters the gradient of all others in a way that needs no new look at the loss. Terms are visited
 * a block at a time: their gradients are asked for first, then all of their changes are noted.
 */
export interface GradientTracker {
  /** Terms of a block. */
  readonly blockSize: number
  /** Works the gradient out exactly; with `weights` the second derivatives too. */
  refresh(scores: Float64Array, weights: boolean): void
  /** Prepares the gradients of a block of terms, for one output. */
  lookAt(terms: readonly number[], output: number): void
  /** Gradient by cell of one term of the block. */
  gradientOf(term: number, output: number): Float64Array
  /** Second derivative by cell. */
  weightsOf(term: number, output: number): Float64Array
  /** Takes note of the changes of the terms of a block; an empty one changes nothing. */
  apply(changes: readonly Change[], terms: readonly number[], output: number): void
}
