import { chooseColumns } from './elastic-net-columns.ts'
import { descendQuadratic } from './elastic-net-quadratic.ts'
import { shiftClasses } from './elastic-net-shift.ts'
import { type CurvatureBlock, type CurvatureRows, canFactor, curvatureAt } from './linear-curvature.ts'
import { type Evaluate, type LinearProblem, type Penalty, smoothObjective, sumOfSizes } from './linear-problem.ts'
import { ROUNDING } from './minimise.ts'

/** How far to go. */
export interface ElasticNetEffort {
  /** Ends when the expected decrease falls below this share of the objective. */
  readonly tolerance: number
  readonly steps: number
  /** Rows by which the curvature is judged. */
  readonly curvature: CurvatureRows
}

/** Columns of a step where all together are too many. */
const BLOCK = 300

/** A decrease that is a larger share of the one before calls for a new view of the curvature. */
const SLOW = 0.3

/**
 * Improves the coefficients of an elastic net in place. Each step minimises the quadratic approximation of the loss
 * with its penalty by coordinate descent and goes there, or part of the way where that does not lower the objective
 * enough: iteratively reweighted least squares of Friedman, Hastie and Tibshirani (2010), as the proximal Newton method
 * of Lee, Sun and Saunders (2014). The matrix is kept while steps shrink fast. Classes step together; where they have
 * many coefficients, each by its own block of the matrix.
 */
export function solveElasticNet(point: Float64Array, problem: LinearProblem, effort: ElasticNetEffort): void {
  const { width } = problem.design
  const absolute = problem.penalty.lambda * problem.penalty.l1Ratio
  const blockwise = !canFactor(problem.design)
  const evaluate = smoothObjective(problem)
  const start = new Float64Array(point.length)
  const place: Place = { point, gradient: start, value: evaluate(point, start) }
  const view = (): CurvatureBlock[] => blocksAt(place, problem, effort.curvature)
  let blocks = view()
  let viewIsHere = true
  let before = Number.POSITIVE_INFINITY
  for (let step = 0; step < effort.steps; step++) {
    const target = targetOf(place, blocks, { absolute, width, l1Ratio: problem.penalty.l1Ratio })
    const expected = expectedDecrease(place, target, { absolute, width })
    const total = place.value + absolute * sumOfSizes(point, width)
    if (!(expected > effort.tolerance * Math.max(Math.abs(total), 1e-12))) return
    const moved = goTowards(place, target, { absolute, width, expected, evaluate })
    if (!moved && viewIsHere) return
    // Squares have the same curvature everywhere; else one that leads on slowly is looked at anew.
    const slow = !moved || (expected > SLOW * before && problem.target.task !== 'regression')
    viewIsHere = slow || blockwise
    if (viewIsHere) blocks = view()
    before = expected
  }
}

interface Place {
  readonly point: Float64Array
  readonly gradient: Float64Array
  value: number
}

/** The curvature with the ridge part of the penalty, over the columns that want to move where there are very many. */
function blocksAt({ point, gradient }: Place, problem: LinearProblem, rows: CurvatureRows): CurvatureBlock[] {
  const { width } = problem.design
  const { lambda, l1Ratio } = problem.penalty
  const choose = (output: number): Int32Array => {
    const own = gradient.subarray(output * width, (output + 1) * width)
    const wishes = own.map((slope, j) => wishOf(slope, point[output * width + j] as number, lambda * l1Ratio))
    return chooseColumns(wishes, BLOCK)
  }
  const blocks = curvatureAt(rows, point, canFactor(problem.design) ? undefined : choose)
  for (const { places, matrix } of blocks) {
    const size = places.length
    for (const [j, place] of places.entries()) {
      if (place % width !== 0) matrix[j * size + j] = (matrix[j * size + j] as number) + lambda * (1 - l1Ratio)
    }
  }
  return blocks
}

/** How far the slope is from what holds a coefficient in its place. */
function wishOf(slope: number, coefficient: number, absolute: number): number {
  if (coefficient !== 0) return Math.abs(slope + absolute * Math.sign(coefficient))
  return Math.max(0, Math.abs(slope) - absolute)
}

/** Minimum of the quadratic approximations. */
function targetOf(
  { point, gradient }: Place,
  blocks: readonly CurvatureBlock[],
  { absolute, width, l1Ratio }: Sizes & Pick<Penalty, 'l1Ratio'>,
): Float64Array {
  const target = point.slice()
  for (const { places, matrix } of blocks) {
    const own = Float64Array.from(places, (place) => point[place] as number)
    const slopes = Float64Array.from(places, (place) => gradient[place] as number)
    const penalties = Float64Array.from(places, (place) => (place % width === 0 ? 0 : absolute))
    descendQuadratic(own, { matrix, gradient: slopes, penalties })
    for (const [j, place] of places.entries()) target[place] = own[j] as number
  }
  if (point.length > width) shiftClasses(target, width, l1Ratio)
  return target
}

interface Sizes {
  readonly absolute: number
  readonly width: number
}

/** How far the objective should fall, by its slope alone. */
function expectedDecrease({ point, gradient }: Place, target: Float64Array, { absolute, width }: Sizes): number {
  let expected = absolute * (sumOfSizes(point, width) - sumOfSizes(target, width))
  for (let i = 0; i < point.length; i++) {
    expected -= (gradient[i] as number) * ((target[i] as number) - (point[i] as number))
  }
  return expected
}

interface Walk extends Sizes {
  readonly expected: number
  readonly evaluate: Evaluate
}

/** Goes to the target, or half of the way, a quarter, ...; false where no step lowers the objective. */
function goTowards(place: Place, target: Float64Array, { absolute, width, expected, evaluate }: Walk): boolean {
  const { point, gradient } = place
  const total = place.value + absolute * sumOfSizes(point, width)
  const next = target.slice()
  const slopes = new Float64Array(point.length)
  for (let share = 1; share > 1e-10; share /= 2) {
    if (share < 1) {
      for (let i = 0; i < next.length; i++) {
        next[i] = (point[i] as number) + share * ((target[i] as number) - (point[i] as number))
      }
    }
    const value = evaluate(next, slopes)
    const allowed = total - 1e-4 * share * expected + ROUNDING * Math.abs(total)
    if (!(value + absolute * sumOfSizes(next, width) <= allowed)) continue
    point.set(next)
    gradient.set(slopes)
    place.value = value
    return true
  }
  return false
}
