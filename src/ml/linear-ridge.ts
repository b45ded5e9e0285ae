import { factorCholesky, solveCholesky } from './cholesky.ts'
import {
  type CurvatureBlock,
  type CurvatureRows,
  canFactor,
  curvatureAt,
  curvatureDiagonalAt,
} from './linear-curvature.ts'
import { type LinearProblem, smoothObjective } from './linear-problem.ts'
import { minimise } from './minimise.ts'

/** How far to go. */
export interface RidgeEffort {
  readonly tolerance: number
  /** Steps with one view of the curvature. */
  readonly steps: number
  /** Views of the curvature. */
  readonly rounds: number
  /** Rows by which the curvature is judged. */
  readonly curvature: CurvatureRows
  /** The first view, where one is at hand that is close enough. */
  readonly view?: readonly CurvatureBlock[] | undefined
}

/** Steps within which a view still serves for the next problem. */
const QUICK = 2

/**
 * Improves the coefficients of a ridge problem in place: Newton's method, whose curvature is looked at anew only when
 * L-BFGS on top of it makes no quick end (iteratively reweighted least squares with a lagged matrix). Returns the view
 * of the curvature where it is good enough for a problem close by.
 */
export function solveRidge(point: Float64Array, problem: LinearProblem, effort: RidgeEffort): RidgeEffort['view'] {
  const { tolerance, steps, curvature } = effort
  const { design, target } = problem
  const evaluate = smoothObjective(problem)
  let view = effort.view
  for (let round = 0; round < effort.rounds; round++) {
    let precondition: (vector: Float64Array) => void
    if (!canFactor(design)) precondition = diagonalSteps(point, problem, curvature)
    else {
      if (!view || round > 0) view = curvatureAt(curvature, point)
      precondition = factoredSteps(view, problem)
    }
    const found = minimise(point, { evaluate, precondition, steps, tolerance })
    if (found.converged) return target.task === 'regression' || (round === 0 && found.steps <= QUICK) ? view : undefined
  }
  return undefined
}

/** Turns a gradient into a step by the factored curvature with its penalty. */
function factoredSteps(view: readonly CurvatureBlock[], { design, penalty }: LinearProblem) {
  const blocks = view.map(({ places, matrix }) => {
    const size = places.length
    const penalised = matrix.slice()
    for (const [j, place] of places.entries()) {
      if (place % design.width !== 0) penalised[j * size + j] = (penalised[j * size + j] as number) + penalty.lambda
    }
    return { start: places[0] as number, end: (places[0] as number) + size, factor: factorCholesky(penalised, size) }
  })
  return (vector: Float64Array): void => {
    for (const { start, end, factor } of blocks) solveCholesky(factor, vector.subarray(start, end))
  }
}

/** The same by the diagonal alone, where there are too many columns. */
function diagonalSteps(point: Float64Array, { design, penalty }: LinearProblem, rows: CurvatureRows) {
  const diagonal = curvatureDiagonalAt(rows, point)
  return (vector: Float64Array): void => {
    for (let i = 0; i < vector.length; i++) {
      const own = (diagonal[i] as number) + (i % design.width === 0 ? 0 : penalty.lambda) + 1e-12
      vector[i] = (vector[i] as number) / own
    }
  }
}
