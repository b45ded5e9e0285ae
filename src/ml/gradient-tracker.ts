import type { Step } from './step.ts'

/**
 * Keeps the gradient by bin while curves change. Between two refreshes the loss is taken as quadratic, so that a
 * step on one feature changes the gradient of all others in a way that needs no new look at the loss.
 */
export interface GradientTracker {
  /** Works the gradient out exactly; with `weights` the second derivatives too. */
  refresh(curves: Float64Array, weights: boolean): void
  /** Gradient by bin of one feature and output; valid until the next call. */
  gradientOf(feature: number, output: number): Float64Array
  /** Second derivative by bin. */
  weightsOf(feature: number, output: number): Float64Array
  /** Takes note of a step. */
  apply(step: Step, feature: number, output: number): void
}
