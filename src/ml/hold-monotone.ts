import { type Change, cornersOfCurve } from './change.ts'
import { makeDecreasing, makeIncreasing } from './isotonic.ts'
import type { Direction } from './model.ts'

/** A curve that may go one way only, and the weight of its bins. Bin 0 (missing) is free. */
export interface HeldCurve {
  readonly curve: Float64Array
  readonly weights: Float64Array
  readonly direction: Direction
}

/** Replaces a change by the nearest one after which the curve is still monotone. */
export function holdMonotone(change: Change, { curve, weights, direction }: HeldCurve): void {
  const wanted = curve.slice()
  for (let bin = 0; bin < wanted.length; bin++) wanted[bin] = (wanted[bin] as number) + (change.values[bin] as number)
  projectCurve(wanted, weights, direction)
  for (let bin = 0; bin < wanted.length; bin++) change.values[bin] = (wanted[bin] as number) - (curve[bin] as number)
  cornersOfCurve(change)
}

/** Moves a curve to the nearest one of its direction, in place; bin 0 (missing) stays. */
export function projectCurve(curve: Float64Array, weights: ArrayLike<number>, direction: Direction): void {
  if (direction === 'increasing') makeIncreasing(curve, weights, 1)
  else makeDecreasing(curve, weights, 1)
}
