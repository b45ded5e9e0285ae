import type { BoostingLoss } from './boosting-loss.ts'
import { exp } from './exponential.ts'
import { log } from './logarithm.ts'
import { countClasses, interceptsOfCounts } from './start-score.ts'

// The sigmoid from -16 to 16 in steps of 1/128 with linear interpolation: error below 1e-6, four times as fast
// as Math.exp. Used only while boosting; predictions are exact.
const STEPS = 128
const LIMIT = 16
const INSIDE = 15.99
const TABLE = new Float64Array(2 * LIMIT * STEPS + 2)
for (let i = 0; i < TABLE.length; i++) TABLE[i] = 1 / (1 + exp(-(i / STEPS - LIMIT)))

/** Log loss of two classes; class 1 is positive and the score is its log-odds. */
export const logisticLoss: BoostingLoss = {
  outputs: 1,
  constantWeights: false,
  quadratic: false,
  start: (target, rowWeights) => Float64Array.from(interceptsOfCounts('binary', countClasses(target, 2, rowWeights))),
  differentiate({ rows, target, scores }, gradient, weights) {
    for (let i = 0; i < rows; i++) {
      const p = sigmoid(scores[i] as number)
      gradient[i] = (target[i] as number) - p
      weights[i] = p * (1 - p)
    }
  },
  byRow({ rows, target, scores }, loss) {
    for (let i = 0; i < rows; i++) {
      const score = scores[i] as number
      loss[i] = -log(sigmoid(target[i] === 1 ? score : -score))
    }
  },
  mean({ rows, target, scores }) {
    let sum = 0
    let product = 1
    for (let i = 0; i < rows; i++) {
      const score = scores[i] as number
      product *= sigmoid(target[i] === 1 ? score : -score)
      // One logarithm for sixteen rows: the smallest factor is 1e-7, so the product stays above 1e-112.
      if ((i & 15) === 15) {
        sum -= log(product)
        product = 1
      }
    }
    return (sum - log(product)) / rows
  },
}

function sigmoid(score: number): number {
  const inside = score > INSIDE ? INSIDE : score < -INSIDE ? -INSIDE : score
  const place = (inside + LIMIT) * STEPS
  const step = place | 0
  const low = TABLE[step] as number
  return low + (place - step) * ((TABLE[step + 1] as number) - low)
}
