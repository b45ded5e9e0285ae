import type { FitRequest } from './fit-request.ts'
import type { Model } from './model.ts'
import { interceptsOfTarget, linkOfTask } from './start-score.ts'

/** The baseline that knows no column: share of each class, or the mean. */
export function fitDummy({ target, seed }: FitRequest): Model {
  const rows = target.task === 'regression' ? target.values.length : target.codes.length
  return {
    format: 'signalbox-model',
    version: 1,
    trainer: 'dummy',
    task: target.task,
    link: linkOfTask(target.task),
    ...(target.task === 'regression' ? {} : { classes: [...target.classes] }),
    intercepts: interceptsOfTarget(target),
    terms: [],
    training: { rows, seed },
  }
}
