import { factorCholesky, solveCholesky } from './cholesky.ts'
import { type LinearDesign, multiplyDesign, sumDesign } from './linear-design.ts'
import { linearLoss, typicalCurvature } from './linear-loss.ts'
import { minimise } from './minimise.ts'
import { outputsOf, type Target } from './table.ts'

/** A penalised linear fit: sum of losses + lambda / 2 x squared coefficients, the intercept free. */
export interface LinearProblem {
  readonly design: LinearDesign
  readonly target: Target
  readonly gram: Float64Array
  readonly lambda: number
  readonly steps: number
  readonly tolerance: number
}

/** Up to this many columns the curvature is factored; beyond it only its diagonal is used. */
const FACTORED = 500

/** Improves the coefficients (output by output, the intercept first) in place. */
export function solveLinear(coefficients: Float64Array, problem: LinearProblem): void {
  const { design, target, lambda } = problem
  const outputs = outputsOf(target)
  const { rows, width } = design
  const scores = new Float64Array(outputs * rows)
  const loss = linearLoss(target)
  minimise(coefficients, {
    steps: problem.steps,
    tolerance: problem.tolerance,
    precondition: preconditioner(problem),
    evaluate(point, gradient) {
      for (let k = 0; k < outputs; k++) {
        multiplyDesign(design, point.subarray(k * width, (k + 1) * width), scores.subarray(k * rows, (k + 1) * rows))
      }
      let value = loss(scores, rows)
      for (let k = 0; k < outputs; k++) {
        const part = gradient.subarray(k * width, (k + 1) * width)
        sumDesign(design, scores.subarray(k * rows, (k + 1) * rows), part)
        for (let j = 1; j < width; j++) {
          const coefficient = point[k * width + j] as number
          value += (lambda / 2) * coefficient * coefficient
          part[j] = (part[j] as number) + lambda * coefficient
        }
      }
      return value
    },
  })
}

/** Solves with the Gram matrix in place of the true curvature: exact for squares, close for log losses. */
function preconditioner({ design, target, gram, lambda }: LinearProblem): (vector: Float64Array) => void {
  const { width } = design
  const curvature = typicalCurvature(target)
  if (width > FACTORED) {
    return (vector) => {
      for (let i = 0; i < vector.length; i++) {
        const j = i % width
        vector[i] = (vector[i] as number) / (curvature * (gram[j * width + j] as number) + lambda + 1e-12)
      }
    }
  }
  const matrix = gram.map((value) => value * curvature)
  for (let j = 1; j < width; j++) matrix[j * width + j] = (matrix[j * width + j] as number) + lambda
  const factor = factorCholesky(matrix, width)
  return (vector) => {
    for (let at = 0; at < vector.length; at += width) solveCholesky(factor, vector.subarray(at, at + width))
  }
}
