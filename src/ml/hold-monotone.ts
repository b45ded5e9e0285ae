import { makeDecreasing, makeIncreasing } from './isotonic.ts'
import type { Direction } from './model.ts'
import { addStep, emptyStep, type Step } from './step.ts'

/** A curve that may go one way only, and the weight of its bins. Bin 0 (missing) is free. */
export interface HeldCurve {
  readonly curve: Float64Array
  readonly weights: Float64Array
  readonly direction: Direction
}

/** The nearest step after which the curve is still monotone. */
export function holdMonotone(step: Step, { curve, weights, direction }: HeldCurve): Step {
  const wanted = curve.slice()
  addStep(step, wanted)
  projectCurve(wanted, weights, direction)
  const held = emptyStep(curve.length)
  for (let bin = 0; bin < curve.length; bin++) {
    const change = (wanted[bin] as number) - (curve[bin] as number)
    if (held.pieces === 0 || held.values[held.pieces - 1] !== change) held.values[held.pieces++] = change
    held.ends[held.pieces - 1] = bin
  }
  return held
}

/** Moves a curve to the nearest one of its direction, in place; bin 0 (missing) stays. */
export function projectCurve(curve: Float64Array, weights: ArrayLike<number>, direction: Direction): void {
  if (direction === 'increasing') makeIncreasing(curve, weights, 1)
  else makeDecreasing(curve, weights, 1)
}
