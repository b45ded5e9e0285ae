import type { BoostingLoss } from './boosting-loss.ts'
import { exp } from './exponential.ts'
import { log } from './logarithm.ts'
import { meanOfTarget } from './start-score.ts'

/**
 * Gamma deviance of positive amounts, halved; the score is the logarithm of the mean (McCullagh and Nelder 1989,
 * chapter 8). The second derivative is replaced by its expectation, 1 (Fisher scoring), which bounds every step.
 */
export const gammaLoss: BoostingLoss = {
  outputs: 1,
  constantWeights: true,
  quadratic: false,
  start: (target, rowWeights) => Float64Array.of(log(meanOfTarget(target, rowWeights) || 1)),
  differentiate({ rows, target, scores }, gradient) {
    for (let i = 0; i < rows; i++) gradient[i] = (target[i] as number) * exp(-(scores[i] as number)) - 1
  },
  byRow({ rows, target, scores }, loss) {
    for (let i = 0; i < rows; i++) loss[i] = (scores[i] as number) + (target[i] as number) * exp(-(scores[i] as number))
  },
  mean({ rows, target, scores }) {
    let sum = 0
    for (let i = 0; i < rows; i++) sum += (scores[i] as number) + (target[i] as number) * exp(-(scores[i] as number))
    return sum / rows
  },
}
