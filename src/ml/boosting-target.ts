import { log } from './logarithm.ts'
import type { Loss } from './model.ts'
import type { RegressionTarget, Target } from './table.ts'

/** Scale on which the additive terms of a regression live. */
export type RegressionLink = 'identity' | 'log'

/** The target as boosting sees it: class indices, amounts whose logarithm the loss models, or values of unit spread. */
export interface BoostingTarget {
  readonly values: Float64Array
  /** Scores of the boosting times `scale` plus `centre` are scores of the model. */
  readonly centre: number
  readonly scale: number
}

/** Prepares a target for boosting; values may be put on the logarithmic scale. */
export function boostingTarget(target: Target, link: RegressionLink, loss: Loss): BoostingTarget {
  const values = sharedNumbers(target.task === 'regression' ? target.values : target.codes)
  if (target.task !== 'regression' || hasLogScore(loss)) return { values, centre: 0, scale: 1 }
  if (link === 'log') for (let i = 0; i < values.length; i++) values[i] = log(values[i] as number)
  let sum = 0
  for (const value of values) sum += value
  const centre = sum / values.length
  let squares = 0
  for (const value of values) squares += (value - centre) ** 2
  const scale = Math.sqrt(squares / values.length) || 1
  for (let i = 0; i < values.length; i++) values[i] = ((values[i] as number) - centre) / scale
  return { values, centre, scale }
}

/** Whether the score of a loss is a logarithm whatever the scale of the target. */
export function hasLogScore(loss: Loss): boolean {
  return loss.kind === 'poisson' || loss.kind === 'gamma'
}

/** Whether a logarithm may be the better scale: all values positive and a long tail to the right. */
export function logarithmMayHelp({ values }: RegressionTarget): boolean {
  let sum = 0
  for (const value of values) {
    if (!(value > 0)) return false
    sum += value
  }
  const mean = sum / values.length
  let squares = 0
  let cubes = 0
  for (const value of values) {
    squares += (value - mean) ** 2
    cubes += (value - mean) ** 3
  }
  const deviation = Math.sqrt(squares / values.length)
  return deviation > 0 && cubes / values.length / deviation ** 3 > SKEWED
}

const SKEWED = 0.5

/** A copy that workers can read without another, where the host allows it. */
export function sharedNumbers(values: ArrayLike<number>): Float64Array {
  const bytes = values.length * Float64Array.BYTES_PER_ELEMENT
  const shared = typeof SharedArrayBuffer !== 'undefined'
  const copy = new Float64Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes))
  copy.set(values)
  return copy
}
