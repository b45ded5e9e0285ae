import { interceptsOfCounts } from './start-score.ts'
import type { Target } from './table.ts'

/** Scores that say no more than the (weighted) shares of the classes, or the mean. */
export function treeStart(target: Target, weights: Float64Array | undefined): number[] {
  if (target.task === 'regression') {
    let sum = 0
    let total = 0
    for (let i = 0; i < target.values.length; i++) {
      const weight = weights ? (weights[i] as number) : 1
      sum += weight * (target.values[i] as number)
      total += weight
    }
    return [total > 0 ? sum / total : 0]
  }
  const counts: number[] = target.classes.map(() => 0)
  for (let i = 0; i < target.codes.length; i++) {
    const code = target.codes[i] as number
    counts[code] = (counts[code] as number) + (weights ? (weights[i] as number) : 1)
  }
  return interceptsOfCounts(target.task, counts)
}
