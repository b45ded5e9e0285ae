import type { BoostingLoss } from './boosting-loss.ts'
import { meanOfTarget } from './start-score.ts'

/** Squared error of a regression; the gradient is the residual. */
export const squaredLoss: BoostingLoss = {
  outputs: 1,
  constantWeights: true,
  quadratic: true,
  start: (target, rowWeights) => Float64Array.of(meanOfTarget(target, rowWeights)),
  differentiate({ rows, target, scores }, gradient) {
    for (let i = 0; i < rows; i++) gradient[i] = (target[i] as number) - (scores[i] as number)
  },
  byRow({ rows, target, scores }, loss) {
    for (let i = 0; i < rows; i++) loss[i] = ((target[i] as number) - (scores[i] as number)) ** 2
  },
  mean({ rows, target, scores }) {
    let sum = 0
    for (let i = 0; i < rows; i++) sum += ((target[i] as number) - (scores[i] as number)) ** 2
    return sum / rows
  },
}
