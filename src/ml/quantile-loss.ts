import type { BoostingLoss } from './boosting-loss.ts'
import { exp } from './exponential.ts'
import { log } from './logarithm.ts'

/**
 * Check loss of a quantile for targets of about unit spread. Its derivatives are those of the loss convolved with a
 * logistic kernel (Fernandes, Guerre and Horta 2021; He et al. 2023), which has the second derivative that steps need;
 * what is measured is the check loss itself. `bandwidth` is the scale of the kernel in units of the target.
 */
export function quantileLoss(level: number, bandwidth: number): BoostingLoss {
  const check = (residual: number): number => (residual >= 0 ? level * residual : (level - 1) * residual)
  return {
    outputs: 1,
    constantWeights: false,
    quadratic: false,
    start: (target, rowWeights) => Float64Array.of(weightedQuantile(target, level, rowWeights)),
    differentiate({ rows, target, scores }, gradient, weights) {
      for (let i = 0; i < rows; i++) {
        const below = 1 / (1 + exp(((target[i] as number) - (scores[i] as number)) / bandwidth))
        gradient[i] = level - below
        weights[i] = (below * (1 - below)) / bandwidth
      }
    },
    byRow({ rows, target, scores }, loss) {
      for (let i = 0; i < rows; i++) loss[i] = check((target[i] as number) - (scores[i] as number))
    },
    mean({ rows, target, scores }) {
      let sum = 0
      for (let i = 0; i < rows; i++) sum += check((target[i] as number) - (scores[i] as number))
      return sum / rows
    },
  }
}

/** Bandwidth for a number of rows: wide enough to be smooth, shrinking as estimates get sharper (He et al. 2023). */
export function quantileBandwidth(level: number, rows: number): number {
  const rate = (log(Math.max(2, rows)) / Math.max(2, rows)) ** 0.4
  return Math.max(0.05, Math.sqrt(level * (1 - level)) * rate) * 0.55
}

/** Least value that at least `level` of the weight does not exceed; without weights each value counts once. */
export function weightedQuantile(values: Float64Array, level: number, rowWeights?: Float64Array): number {
  const order = Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number) || a - b)
  let total = 0
  for (let i = 0; i < values.length; i++) total += rowWeights ? (rowWeights[i] as number) : 1
  let below = 0
  for (const row of order) {
    below += rowWeights ? (rowWeights[row] as number) : 1
    if (below >= level * total) return values[row] as number
  }
  return values[order.at(-1) ?? 0] ?? 0
}
