import type { BoostingLoss, LossRows } from './boosting-loss.ts'
import { exp } from './exponential.ts'
import { log } from './logarithm.ts'
import { countClasses, interceptsOfCounts } from './start-score.ts'

/** Log loss of many classes; one score for each class. */
export function softmaxLoss(classes: number): BoostingLoss {
  return {
    outputs: classes,
    constantWeights: false,
    quadratic: false,
    start: (target, rowWeights) =>
      Float64Array.from(interceptsOfCounts('multiclass', countClasses(target, classes, rowWeights))),
    differentiate(at, gradient, weights) {
      const { rows, target } = at
      for (let i = 0; i < rows; i++) {
        const total = exponentiate(at, i, gradient)
        const truth = target[i] as number
        for (let k = 0; k < classes; k++) {
          const p = (gradient[k * rows + i] as number) / total
          gradient[k * rows + i] = (truth === k ? 1 : 0) - p
          weights[k * rows + i] = p * (1 - p)
        }
      }
    },
    byRow(at, loss) {
      for (let i = 0; i < at.rows; i++) loss[i] = lossOfRow(at, i, classes)
    },
    mean(at) {
      let sum = 0
      for (let i = 0; i < at.rows; i++) sum += lossOfRow(at, i, classes)
      return sum / at.rows
    },
  }
}

function lossOfRow(at: LossRows, row: number, classes: number): number {
  const { rows, target, scores } = at
  const highest = highestScore(at, row, classes)
  let total = 0
  for (let k = 0; k < classes; k++) total += exp((scores[k * rows + row] as number) - highest)
  return log(total) - ((scores[(target[row] as number) * rows + row] as number) - highest)
}

/** Writes exp(score - highest) of one row into `into` and returns the sum over classes. */
function exponentiate(at: LossRows, row: number, into: Float64Array): number {
  const classes = into.length / at.rows
  const highest = highestScore(at, row, classes)
  let total = 0
  for (let k = 0; k < classes; k++) {
    const weight = exp((at.scores[k * at.rows + row] as number) - highest)
    into[k * at.rows + row] = weight
    total += weight
  }
  return total
}

function highestScore({ scores, rows }: LossRows, row: number, classes: number): number {
  let highest = scores[row] as number
  for (let k = 1; k < classes; k++) {
    const score = scores[k * rows + row] as number
    if (score > highest) highest = score
  }
  return highest
}
