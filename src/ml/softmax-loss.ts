import type { BoostingLoss, LossRows } from './boosting-loss.ts'
import { interceptsOfCounts } from './start-score.ts'

/** Log loss of many classes; one score for each class. */
export function softmaxLoss(classes: number): BoostingLoss {
  return {
    outputs: classes,
    constantWeights: false,
    largestStep: 4,
    start(target) {
      const counts: number[] = Array.from({ length: classes }, () => 0)
      for (const code of target) counts[code] = (counts[code] ?? 0) + 1
      return Float64Array.from(interceptsOfCounts('multiclass', counts))
    },
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
    mean(at) {
      const { rows, target, scores } = at
      let sum = 0
      for (let i = 0; i < rows; i++) {
        const highest = highestScore(at, i, classes)
        let total = 0
        for (let k = 0; k < classes; k++) total += Math.exp((scores[k * rows + i] as number) - highest)
        sum += Math.log(total) - ((scores[(target[i] as number) * rows + i] as number) - highest)
      }
      return sum / rows
    },
  }
}

/** Writes exp(score - highest) of one row into `into` and returns the sum over classes. */
function exponentiate(at: LossRows, row: number, into: Float64Array): number {
  const classes = into.length / at.rows
  const highest = highestScore(at, row, classes)
  let total = 0
  for (let k = 0; k < classes; k++) {
    const weight = Math.exp((at.scores[k * at.rows + row] as number) - highest)
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
