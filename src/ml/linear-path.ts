import { solveElasticNet } from './elastic-net.ts'
import { exp } from './exponential.ts'
import { curvatureRows } from './linear-curvature.ts'
import { hasAbsolutePart, type LinearProblem, smoothObjective } from './linear-problem.ts'
import { type RidgeEffort, solveRidge } from './linear-ridge.ts'
import { log } from './logarithm.ts'
import { totalWeight } from './row-weights.ts'
import { interceptsOfTarget } from './start-score.ts'
import { outputsOf } from './table.ts'

/** Penalties of one mixture, from strong to weak. */
export interface PenaltyPath {
  readonly l1Ratio: number
  readonly lambdas: readonly number[]
}

/** Rows, target and weights without a penalty. */
export type LinearData = Omit<LinearProblem, 'penalty'>

/** Ends of the ridge path, for rows of weight 1. */
const STRONGEST = 10_000
const WEAKEST = 0.01

/** Share of the objective that a step must be good for; far less than penalties differ by. */
const TOLERANCE = 1e-6

/** Coefficients that say no more than the shares of the classes, or the mean. */
export function startingPoint({ design, target, weights }: LinearData): Float64Array {
  const point = new Float64Array(outputsOf(target) * design.width)
  for (const [k, start] of interceptsOfTarget(target, weights).entries()) point[k * design.width] = start
  return point
}

/**
 * Penalties worth trying, evenly spaced on the logarithmic scale. A ridge path has fixed ends, because how far
 * standardised coefficients lie from zero does not depend on the number of rows; they follow the mean weight. With a
 * share of L1 it goes from the least penalty at which all coefficients are zero to a thousandth of it (Friedman,
 * Hastie and Tibshirani 2010, section 2.5), or to a hundredth where there are more columns than rows.
 */
export function penaltyPath(data: LinearData, l1Ratio: number, length: number): PenaltyPath {
  const { design, target, weights } = data
  const one = totalWeight(design.rows, weights) / Math.max(1, design.rows)
  if (l1Ratio === 0) return { l1Ratio, lambdas: geometric(STRONGEST * one, WEAKEST * one, length) }
  const point = startingPoint(data)
  const gradient = new Float64Array(point.length)
  smoothObjective({ ...data, penalty: { lambda: 0, l1Ratio } })(point, gradient)
  let steepest = 0
  for (let i = 0; i < gradient.length; i++) {
    if (i % design.width !== 0) steepest = Math.max(steepest, Math.abs(gradient[i] as number))
  }
  const strongest = steepest > 0 ? steepest / l1Ratio : one
  const share = design.width * outputsOf(target) > design.rows ? 0.01 : 0.001
  return { l1Ratio, lambdas: geometric(strongest, share * strongest, length) }
}

/** Fits every penalty of a path, each from where the one before ended; `heed` says whether to go on to weaker ones. */
export function solvePath(data: LinearData, path: PenaltyPath, heed: (point: Float64Array) => boolean): void {
  const curvature = curvatureRows(data)
  const point = startingPoint(data)
  let last = point.slice()
  let view: RidgeEffort['view']
  for (const lambda of path.lambdas) {
    const problem = { ...data, penalty: { lambda, l1Ratio: path.l1Ratio } }
    if (hasAbsolutePart(problem.penalty)) {
      solveElasticNet(point, problem, { tolerance: TOLERANCE, steps: 30, curvature })
    } else {
      // From one penalty to the next coefficients go on as they went, the more so the better the classes separate.
      const ahead = point.map((value, i) => value + (value - (last[i] as number)) / 2)
      last = point.slice()
      point.set(ahead)
      view = solveRidge(point, problem, { tolerance: TOLERANCE, steps: 12, rounds: 3, curvature, view })
    }
    if (!heed(point)) return
  }
}

function geometric(from: number, to: number, length: number): number[] {
  if (length === 1) return [Math.sqrt(from * to)]
  return Array.from({ length }, (_, i) => from * exp((log(to / from) * i) / (length - 1)))
}
