import type { BoostingLoss } from './boosting-loss.ts'
import { exp } from './exponential.ts'
import { log } from './logarithm.ts'
import { meanOfTarget } from './start-score.ts'

/** A mean this small stands for one of zero, whose logarithm does not exist. */
const LEAST = 1e-9

/** Poisson deviance of counts, halved; the score is the logarithm of the mean (McCullagh and Nelder 1989, chapter 6). */
export const poissonLoss: BoostingLoss = {
  outputs: 1,
  constantWeights: false,
  quadratic: false,
  start: (target, rowWeights) => Float64Array.of(log(Math.max(LEAST, meanOfTarget(target, rowWeights)))),
  differentiate({ rows, target, scores }, gradient, weights) {
    for (let i = 0; i < rows; i++) {
      const mean = exp(scores[i] as number)
      gradient[i] = (target[i] as number) - mean
      weights[i] = mean
    }
  },
  byRow({ rows, target, scores }, loss) {
    for (let i = 0; i < rows; i++) {
      const score = scores[i] as number
      loss[i] = exp(score) - (target[i] as number) * score
    }
  },
  mean({ rows, target, scores }) {
    let sum = 0
    for (let i = 0; i < rows; i++) sum += exp(scores[i] as number) - (target[i] as number) * (scores[i] as number)
    return sum / rows
  },
}
