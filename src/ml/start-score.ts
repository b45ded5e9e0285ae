import { weightedMean } from './metrics.ts'
import { log } from './logarithm.ts'
import type { Link } from './model.ts'
import { type RowWeights, weightOfOneRow } from './row-weights.ts'
import type { Target, Task } from './table.ts'

/** Scale on which the terms of a task add up. */
export function linkOfTask(task: Task): Link {
  if (task === 'regression') return 'identity'
  return task === 'binary' ? 'logit' : 'softmax'
}

/**
 * Scores that say no more than the shares of the classes, or the mean, of weighted rows. Half a row keeps an absent
 * class finite.
 */
export function interceptsOfTarget(target: Target, weights?: RowWeights): number[] {
  if (target.task === 'regression') return [meanOfValues(target.values, weights)]
  const counts: number[] = target.classes.map(() => 0)
  for (const [row, code] of target.codes.entries())
    counts[code] = (counts[code] ?? 0) + (weights ? (weights[row] as number) : 1)
  const one = weightOfOneRow(weights)
  return interceptsOfCounts(
    target.task,
    counts.map((count) => count / one),
  )
}

function meanOfValues(values: Float64Array, weights: RowWeights): number {
  let sum = 0
  let total = 0
  for (const [row, value] of values.entries()) {
    const weight = weights ? (weights[row] as number) : 1
    sum += weight * value
    total += weight
  }
  return total === 0 ? 0 : sum / total
}

/** Log-odds of class 1, or the logarithm of each class's share. */
export function interceptsOfCounts(task: 'binary' | 'multiclass', counts: readonly number[]): number[] {
  if (task === 'binary') return [log(((counts[1] ?? 0) + 0.5) / ((counts[0] ?? 0) + 0.5))]
  const total = counts.reduce((sum, count) => sum + count + 0.5, 0)
  return counts.map((count) => log((count + 0.5) / total))
}

/** Weighted mean of the targets; 0 where there is none. */
export function meanOfTarget(target: Float64Array, rowWeights?: Float64Array): number {
  return weightedMean(target, rowWeights) || 0
}

/** Rows of each class, or the sums of their weights. */
export function countClasses(codes: Float64Array, classes: number, rowWeights?: Float64Array): number[] {
  const counts: number[] = Array.from({ length: classes }, () => 0)
  for (let i = 0; i < codes.length; i++) {
    counts[codes[i] as number] = (counts[codes[i] as number] ?? 0) + (rowWeights ? (rowWeights[i] as number) : 1)
  }
  return counts
}
