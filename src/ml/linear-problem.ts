import { type LinearDesign, multiplyDesign, sumDesign } from './linear-design.ts'
import { linearLoss } from './linear-loss.ts'
import type { RowWeights } from './row-weights.ts'
import { outputsOf, type Target } from './table.ts'

/** How strongly coefficients are pulled towards zero, and which share of the pull is by their size (L1). */
export interface Penalty {
  /** At least 0. */
  readonly lambda: number
  /** 0 (ridge) to 1 (lasso). */
  readonly l1Ratio: number
}

/**
 * A penalised linear fit, of coefficients b by output and design column:
 *
 *   sum of weight x loss + lambda x (l1Ratio x sum |b| + (1 - l1Ratio) / 2 x sum b^2), the intercepts free.
 *
 * The loss of a row is half the squared error or the log loss. So lambda is alpha of scikit-learn's Ridge, n x alpha of
 * its ElasticNet, and 1 / C of its LogisticRegression. As in glmnet the target of a regression is divided by its standard
 * deviation first: otherwise the unit of the target would decide how much of the penalty acts as L1.
 */
export interface LinearProblem {
  readonly design: LinearDesign
  readonly target: Target
  readonly weights?: RowWeights
  readonly penalty: Penalty
}

/** Whether a penalty has an L1 part; without one the objective is smooth. */
export function hasAbsolutePart({ lambda, l1Ratio }: Penalty): boolean {
  return lambda * l1Ratio > 0
}

/** Value at a point; writes the gradient. Points are output by output, the intercept first. */
export type Evaluate = (point: Float64Array, gradient: Float64Array) => number

/** The objective without its L1 part, which has no gradient everywhere. */
export function smoothObjective({ design, target, weights, penalty }: LinearProblem): Evaluate {
  const outputs = outputsOf(target)
  const { rows, width } = design
  const scores = new Float64Array(outputs * rows)
  const loss = linearLoss(target, weights)
  const ridge = penalty.lambda * (1 - penalty.l1Ratio)
  const part = (values: Float64Array, k: number, size: number): Float64Array =>
    values.subarray(k * size, (k + 1) * size)
  return (point, gradient) => {
    for (let k = 0; k < outputs; k++) multiplyDesign(design, part(point, k, width), part(scores, k, rows))
    let value = loss(scores, rows)
    for (let k = 0; k < outputs; k++) sumDesign(design, part(scores, k, rows), part(gradient, k, width))
    for (let i = 0; i < point.length; i++) {
      if (i % width === 0) continue
      const coefficient = point[i] as number
      value += (ridge / 2) * coefficient * coefficient
      gradient[i] = (gradient[i] as number) + ridge * coefficient
    }
    return value
  }
}

/** Sum of the sizes of the coefficients, the intercepts left out. */
export function sumOfSizes(point: Float64Array, width: number): number {
  let sum = 0
  for (let i = 0; i < point.length; i++) if (i % width !== 0) sum += Math.abs(point[i] as number)
  return sum
}
