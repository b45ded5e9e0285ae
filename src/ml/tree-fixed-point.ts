import type { Task } from './table.ts'

/**
 * Gradients and hessians as whole numbers, both in one float: gradient x `shift` + hessian. A histogram needs one
 * addition a row in place of two, and sums of whole numbers are exact, hence the same in whatever order and on however
 * many threads they are taken (Shi et al., "Quantized training of gradient boosting decision trees", 2022, round to 3
 * to 5 bits; here it is 14 and 13, or 26 where all hessians are equal).
 */
export interface FixedPoint {
  /** Units of one gradient. */
  readonly gradientUnits: number
  /** Units of one hessian. */
  readonly hessianUnits: number
  /** A power of two above the hessians of `ROWS_PER_SUM` rows. */
  readonly shift: number
}

/** Rows whose packed sum surely stays below 2^53. */
export const ROWS_PER_SUM = 2 ** 13

const SHIFT = 2 ** 26
const SHIFT_OF_ONES = 2 ** 14

/** What the gradients of a round need to know before they are rounded. */
export interface FixedPointBounds {
  readonly task: Task
  /** Classes of a multiclass task, otherwise 1. */
  readonly outputs: number
  /** Largest absolute gradient before weighting. */
  readonly gradient: number
  /** Largest weight; undefined where no row has a weight. */
  readonly weight: number | undefined
}

/** Chooses the units so that no row exceeds its bits. */
export function chooseFixedPoint({ task, outputs, gradient, weight }: FixedPointBounds): FixedPoint {
  const heaviest = weight ?? 1
  const gradientBound = gradient * heaviest
  if (task === 'regression' && weight === undefined) {
    return { gradientUnits: gradientBound > 0 ? (2 ** 26 - 2) / gradientBound : 1, hessianUnits: 1, shift: SHIFT_OF_ONES }
  }
  const hessianBound = (task === 'regression' ? 1 : largestHessian(outputs)) * heaviest
  return {
    gradientUnits: gradientBound > 0 ? (2 ** 14 - 2) / gradientBound : 1,
    hessianUnits: (2 ** 13 - 2) / hessianBound,
    shift: SHIFT,
  }
}

/** Hessian of a class whose probability is p: factor x p x (1 - p); the factor is LightGBM's K / (K - 1). */
export function hessianFactor(outputs: number): number {
  return outputs === 1 ? 1 : outputs / (outputs - 1)
}

function largestHessian(outputs: number): number {
  return hessianFactor(outputs) / 4
}

const OFFSETS = 1024

/**
 * What is added before a value is cut to a whole number: numbers spread evenly over [0, 1), so that small values are
 * right on average instead of vanishing (bit-reversed order, van der Corput: neighbours balance each other).
 */
export const ROUNDING_OFFSETS = Float64Array.from({ length: OFFSETS }, (_, i) => {
  let reversed = 0
  for (let bit = 1; bit < OFFSETS; bit *= 2) if ((i & bit) !== 0) reversed += OFFSETS / 2 / bit
  return (reversed + 0.5) / OFFSETS
})

/** Offset of the first row of a round: a row is not rounded up in all rounds. */
export function firstOffset(round: number): number {
  return Math.imul(round, 389) & (OFFSETS - 1)
}

/** Index into the offsets. */
export const OFFSET_MASK = OFFSETS - 1
