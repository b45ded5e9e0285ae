import { exp } from './exponential.ts'
import { log } from './logarithm.ts'
import type { LogScale } from './model.ts'

/**
 * How log scores become values: clipped to the range of the target, because exp makes a small overshoot huge, and
 * multiplied by the factor that fits the values best in least squares, because exp of a mean is below the mean of exp.
 */
export function fitLogScale(scores: ArrayLike<number>, values: ArrayLike<number>, range: ArrayLike<number>): LogScale {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < range.length; i++) {
    const value = log(range[i] as number)
    if (value < low) low = value
    if (value > high) high = value
  }
  let product = 0
  let square = 0
  for (let i = 0; i < scores.length; i++) {
    const guess = exp(Math.min(high, Math.max(low, scores[i] as number)))
    product += (values[i] as number) * guess
    square += guess * guess
  }
  const smear = product / square
  return { low, high, smear: Number.isFinite(smear) && smear > 0 ? smear : 1 }
}
