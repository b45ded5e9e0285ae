import { orderOfScores } from './area-under-curve.ts'
import type { FitRequest } from './fit-request.ts'
import type { Model } from './model.ts'
import { type RowWeights, totalWeight } from './row-weights.ts'
import { interceptsOfTarget, linkOfTask } from './start-score.ts'
import { targetRows } from './table.ts'

/**
 * The baseline that knows no column: the constant of least loss, which is the share of each class, the mean (of
 * squared, Poisson and gamma loss), or the quantile asked for; all of weighted rows.
 */
export function fitDummy({ target, weights, loss, seed }: FitRequest): Model {
  const quantile = target.task === 'regression' && loss?.kind === 'quantile'
  return {
    format: 'signalbox-model',
    version: 1,
    trainer: 'dummy',
    task: target.task,
    link: linkOfTask(target.task),
    ...(loss === undefined || loss.kind === 'squared' ? {} : { loss }),
    ...(target.task === 'regression' ? {} : { classes: [...target.classes] }),
    intercepts: quantile ? [weightedQuantile(target.values, loss.level, weights)] : interceptsOfTarget(target, weights),
    terms: [],
    training: { rows: targetRows(target), seed },
  }
}

/** Smallest value that at least this share of the weight does not exceed: it minimises the pinball loss. */
function weightedQuantile(values: Float64Array, level: number, weights: RowWeights): number {
  const wanted = level * totalWeight(values.length, weights)
  let reached = 0
  let last = 0
  for (const row of orderOfScores(values)) {
    const weight = weights ? (weights[row] as number) : 1
    if (weight === 0) continue
    last = values[row] as number
    reached += weight
    if (reached >= wanted) return last
  }
  return last
}
