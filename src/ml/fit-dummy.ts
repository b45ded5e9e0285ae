import type { FitRequest } from './fit-request.ts'
import type { Model } from './model.ts'
import { weightedQuantile } from './quantile-loss.ts'
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
    version: 2,
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
