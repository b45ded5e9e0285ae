import { exp } from './exponential.ts'
import { log, log1p } from './logarithm.ts'
import type { Target } from './table.ts'

/** Sum of the loss over rows; replaces the scores (output by output) by its first derivative, in place. */
export type LinearLoss = (scores: Float64Array, rows: number) => number

/** The loss of a target: half the squared error, or the log loss, without approximation. */
export function linearLoss(target: Target): LinearLoss {
  if (target.task === 'regression') return (scores) => squaredError(target.values, scores)
  if (target.task === 'binary') return (scores) => logLoss(target.codes, scores)
  return (scores, rows) => softmaxLogLoss({ codes: target.codes, classes: target.classes.length, rows }, scores)
}

/** Typical second derivative by row, by which the Gram matrix approximates the curvature. */
export function typicalCurvature(target: Target): number {
  if (target.task === 'regression') return 1
  const counts = new Float64Array(target.classes.length)
  for (const code of target.codes) counts[code] = (counts[code] as number) + 1
  const rows = Math.max(1, target.codes.length)
  let sum = 0
  for (const count of counts) sum += (count / rows) * (1 - count / rows)
  return Math.max(0.02, sum / target.classes.length)
}

function squaredError(values: Float64Array, scores: Float64Array): number {
  let sum = 0
  for (let i = 0; i < scores.length; i++) {
    const off = (scores[i] as number) - (values[i] as number)
    sum += (off * off) / 2
    scores[i] = off
  }
  return sum
}

function logLoss(codes: Int32Array, scores: Float64Array): number {
  let sum = 0
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number
    const small = exp(-Math.abs(score))
    const positive = codes[i] === 1 ? 1 : 0
    sum += Math.max(score, 0) + log1p(small) - positive * score
    scores[i] = (score >= 0 ? 1 / (1 + small) : small / (1 + small)) - positive
  }
  return sum
}

interface SoftmaxRows {
  readonly codes: Int32Array
  readonly classes: number
  readonly rows: number
}

function softmaxLogLoss({ codes, classes, rows }: SoftmaxRows, scores: Float64Array): number {
  let sum = 0
  for (let i = 0; i < rows; i++) {
    let highest = Number.NEGATIVE_INFINITY
    for (let k = 0; k < classes; k++) highest = Math.max(highest, scores[k * rows + i] as number)
    const truth = codes[i] as number
    sum -= (scores[truth * rows + i] as number) - highest
    let total = 0
    for (let k = 0; k < classes; k++) {
      const weight = exp((scores[k * rows + i] as number) - highest)
      scores[k * rows + i] = weight
      total += weight
    }
    sum += log(total)
    for (let k = 0; k < classes; k++) {
      scores[k * rows + i] = (scores[k * rows + i] as number) / total - (k === truth ? 1 : 0)
    }
  }
  return sum
}
