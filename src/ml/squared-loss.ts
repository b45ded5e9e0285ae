import type { BoostingLoss } from './boosting-loss.ts'

/** Squared error of a regression; the gradient is the residual. */
export const squaredLoss: BoostingLoss = {
  outputs: 1,
  constantWeights: true,
  largestStep: Number.MAX_VALUE,
  start(target) {
    let sum = 0
    for (const value of target) sum += value
    return Float64Array.of(target.length === 0 ? 0 : sum / target.length)
  },
  differentiate({ rows, target, scores }, gradient) {
    for (let i = 0; i < rows; i++) gradient[i] = (target[i] as number) - (scores[i] as number)
  },
  mean({ rows, target, scores }) {
    let sum = 0
    for (let i = 0; i < rows; i++) sum += ((target[i] as number) - (scores[i] as number)) ** 2
    return sum / rows
  },
}
