import { exp } from './exponential.ts'
import { log, log1p } from './logarithm.ts'
import type { RowWeights } from './row-weights.ts'
import type { Target } from './table.ts'

/** Weighted sum of the loss over rows; replaces the scores (output by output) by its first derivative, in place. */
export type LinearLoss = (scores: Float64Array, rows: number) => number

/** The loss of a target: half the squared error, or the log loss, without approximation. */
export function linearLoss(target: Target, weights?: RowWeights): LinearLoss {
  if (target.task === 'regression') return (scores) => squaredError(target.values, weights, scores)
  if (target.task === 'binary') {
    return weights
      ? (scores) => weightedLogLoss(target.codes, weights, scores)
      : (scores) => logLoss(target.codes, scores)
  }
  return (scores, rows) =>
    softmaxLogLoss({ codes: target.codes, weights, classes: target.classes.length, rows }, scores)
}

function squaredError(values: Float64Array, weights: RowWeights, scores: Float64Array): number {
  let sum = 0
  for (let i = 0; i < scores.length; i++) {
    const off = (scores[i] as number) - (values[i] as number)
    const slope = weights ? (weights[i] as number) * off : off
    sum += (off * slope) / 2
    scores[i] = slope
  }
  return sum
}

/** Factors between 1 and 2 whose product is sure not to overflow. */
const PRODUCT = 512

/** log(1 + a) + log(1 + b) + ... is taken as the logarithm of a product, which saves most logarithms. */
function logLoss(codes: Int32Array, scores: Float64Array): number {
  let sum = 0
  for (let start = 0; start < scores.length; start += PRODUCT) {
    const end = Math.min(scores.length, start + PRODUCT)
    let product = 1
    for (let i = start; i < end; i++) {
      const score = scores[i] as number
      const small = exp(-Math.abs(score))
      const positive = codes[i] === 1 ? 1 : 0
      sum += Math.max(score, 0) - positive * score
      product *= 1 + small
      scores[i] = (score >= 0 ? 1 : small) / (1 + small) - positive
    }
    sum += log(product)
  }
  return sum
}

function weightedLogLoss(codes: Int32Array, weights: Float64Array, scores: Float64Array): number {
  let sum = 0
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number
    const weight = weights[i] as number
    const small = exp(-Math.abs(score))
    const positive = codes[i] === 1 ? 1 : 0
    sum += weight * (Math.max(score, 0) + log1p(small) - positive * score)
    scores[i] = weight * ((score >= 0 ? 1 : small) / (1 + small) - positive)
  }
  return sum
}

interface SoftmaxRows {
  readonly codes: Int32Array
  readonly weights: RowWeights
  readonly classes: number
  readonly rows: number
}

function softmaxLogLoss({ codes, weights, classes, rows }: SoftmaxRows, scores: Float64Array): number {
  let sum = 0
  for (let i = 0; i < rows; i++) {
    const weight = weights ? (weights[i] as number) : 1
    let highest = Number.NEGATIVE_INFINITY
    for (let k = 0; k < classes; k++) highest = Math.max(highest, scores[k * rows + i] as number)
    const truth = codes[i] as number
    let loss = highest - (scores[truth * rows + i] as number)
    let total = 0
    for (let k = 0; k < classes; k++) {
      const share = exp((scores[k * rows + i] as number) - highest)
      scores[k * rows + i] = share
      total += share
    }
    loss += log(total)
    sum += weight * loss
    for (let k = 0; k < classes; k++) {
      scores[k * rows + i] = weight * ((scores[k * rows + i] as number) / total - (k === truth ? 1 : 0))
    }
  }
  return sum
}
