import { studentTQuantile } from './student-t.ts'

/** A measured value with its 95 % interval. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** A mean with its 95 % interval (Student's t); of one value the interval is unbounded, so none is given. */
export function meanInterval(values: ArrayLike<number>): Estimate | null {
  const { length } = values
  if (length < 2) return null
  let sum = 0
  for (let i = 0; i < length; i++) sum += values[i] ?? 0
  const value = sum / length
  let squares = 0
  for (let i = 0; i < length; i++) squares += ((values[i] ?? 0) - value) ** 2
  const half = studentTQuantile(0.975, length - 1) * Math.sqrt(squares / (length - 1) / length)
  return { value, low: value - half, high: value + half }
}
