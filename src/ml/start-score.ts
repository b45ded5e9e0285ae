import { log } from './logarithm.ts'
import type { Link } from './model.ts'
import type { Target, Task } from './table.ts'

/** Scale on which the terms of a task add up. */
export function linkOfTask(task: Task): Link {
  if (task === 'regression') return 'identity'
  return task === 'binary' ? 'logit' : 'softmax'
}

/** Scores that say no more than the shares of the classes, or the mean. Half a row keeps an absent class finite. */
export function interceptsOfTarget(target: Target): number[] {
  if (target.task === 'regression') {
    let sum = 0
    for (const value of target.values) sum += value
    return [target.values.length === 0 ? 0 : sum / target.values.length]
  }
  const counts: number[] = target.classes.map(() => 0)
  for (const code of target.codes) counts[code] = (counts[code] ?? 0) + 1
  return interceptsOfCounts(target.task, counts)
}

/** Log-odds of class 1, or the logarithm of each class's share. */
export function interceptsOfCounts(task: 'binary' | 'multiclass', counts: readonly number[]): number[] {
  if (task === 'binary') return [log(((counts[1] ?? 0) + 0.5) / ((counts[0] ?? 0) + 0.5))]
  const total = counts.reduce((sum, count) => sum + count + 0.5, 0)
  return counts.map((count) => log((count + 0.5) / total))
}

/** Weighted mean of the targets; 0 where there is none. */
export function meanOfTarget(target: Float64Array, rowWeights?: Float64Array): number {
  let sum = 0
  let total = 0
  for (let i = 0; i < target.length; i++) {
    const weight = rowWeights ? (rowWeights[i] as number) : 1
    sum += weight * (target[i] as number)
    total += weight
  }
  return total === 0 ? 0 : sum / total
}

/** Rows of each class, or the sums of their weights. */
export function countClasses(codes: Float64Array, classes: number, rowWeights?: Float64Array): number[] {
  const counts: number[] = Array.from({ length: classes }, () => 0)
  for (let i = 0; i < codes.length; i++) {
    counts[codes[i] as number] = (counts[codes[i] as number] ?? 0) + (rowWeights ? (rowWeights[i] as number) : 1)
  }
  return counts
}
