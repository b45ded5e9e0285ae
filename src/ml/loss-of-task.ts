import type { BoostingLoss } from './boosting-loss.ts'
import { gammaLoss } from './gamma-loss.ts'
import { logisticLoss } from './logistic-loss.ts'
import type { Loss } from './model.ts'
import { poissonLoss } from './poisson-loss.ts'
import { quantileBandwidth, quantileLoss } from './quantile-loss.ts'
import { softmaxLoss } from './softmax-loss.ts'
import { squaredLoss } from './squared-loss.ts'
import type { Task } from './table.ts'

/** What boosting minimises. */
export interface BoostingTask {
  readonly task: Task
  readonly outputs: number
  readonly loss: Loss
  /** Training rows of the whole fit. */
  readonly rows: number
}

/** The loss of a task; the one that was asked for counts only for numbers. */
export function lossOfTask({ task, outputs, loss, rows }: BoostingTask): BoostingLoss {
  if (task === 'binary') return logisticLoss
  if (task === 'multiclass') return softmaxLoss(outputs)
  if (loss.kind === 'poisson') return poissonLoss
  if (loss.kind === 'gamma') return gammaLoss
  return loss.kind === 'quantile' ? quantileLoss(loss.level, quantileBandwidth(loss.level, rows)) : squaredLoss
}

/** Times that boosting works the second derivatives out: once where they do not depend on the scores. */
export function buildsOf({ task, loss }: BoostingTask): number {
  return task === 'regression' && (loss.kind === 'squared' || loss.kind === 'gamma') ? 1 : 4
}
