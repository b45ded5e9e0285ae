import { factorCholesky, solveCholesky } from './cholesky.ts'

/** A convex quadratic of the move d from a point b, with an L1 penalty: gradient d + d matrix d / 2 + sum penalties |b + d|. */
export interface PenalisedQuadratic {
  /** Symmetrical, size x size. */
  readonly matrix: Float64Array
  /** At the point from which the descent starts. */
  readonly gradient: Float64Array
  /** Of each coefficient; 0 for an intercept. */
  readonly penalties: Float64Array
}

const SWEEPS = 60

/** A sweep that moves less than this share of the largest one is the last. */
const QUIET = 1e-12

/** Exact finishes that are tried, each dear as the cube of the columns in use. */
const FINISHES = 4

/**
 * Moves a point to the minimum, in place, by cyclic coordinate descent with covariance updates (Friedman, Hastie and
 * Tibshirani 2010, section 2.2). Collinear columns make the last digits slow, so once a sweep changes no sign the
 * minimum among points of these signs is solved for exactly.
 */
export function descendQuadratic(point: Float64Array, quadratic: PenalisedQuadratic): void {
  const slopes = quadratic.gradient.slice()
  let largest = 0
  let finishes = 0
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const { moved, signsChanged } = sweepOnce(point, slopes, quadratic)
    if (!(moved > QUIET * largest)) return
    largest = Math.max(largest, moved)
    if (!signsChanged && finishes < FINISHES) {
      finishes++
      finishOnFace(point, slopes, quadratic)
    }
  }
}

/** Minimises along each coordinate in turn; `slopes` are kept up to date. */
function sweepOnce(point: Float64Array, slopes: Float64Array, { matrix, penalties }: PenalisedQuadratic) {
  const size = point.length
  let moved = 0
  let signsChanged = false
  for (let j = 0; j < size; j++) {
    const curvature = matrix[j * size + j] as number
    const before = point[j] as number
    const penalty = penalties[j] as number
    // Without curvature no row has this column: its coefficient says nothing.
    const after =
      curvature > 0 ? shrink(curvature * before - (slopes[j] as number), penalty) / curvature : penalty > 0 ? 0 : before
    const change = after - before
    if (change === 0) continue
    point[j] = after
    moved += curvature * change * change
    if (Math.sign(after) !== Math.sign(before)) signsChanged = true
    addRow(slopes, matrix.subarray(j * size, (j + 1) * size), change)
  }
  return { moved, signsChanged }
}

/** Soft thresholding: towards zero by the penalty, and not beyond. */
function shrink(value: number, penalty: number): number {
  if (value > penalty) return value - penalty
  return value < -penalty ? value + penalty : 0
}

/** Goes to the minimum over the coefficients that are not zero, signs held; a coefficient that meets zero stays there. */
function finishOnFace(point: Float64Array, slopes: Float64Array, { matrix, penalties }: PenalisedQuadratic): void {
  const size = point.length
  const used: number[] = []
  for (let j = 0; j < size; j++) if (penalties[j] === 0 || point[j] !== 0) used.push(j)
  const signed = (j: number): number => (slopes[j] as number) + (penalties[j] as number) * Math.sign(point[j] as number)
  const own = new Float64Array(used.length * used.length)
  for (const [a, i] of used.entries()) {
    for (const [b, j] of used.entries()) own[a * used.length + b] = matrix[i * size + j] as number
  }
  const move = Float64Array.from(used, (j) => -signed(j))
  solveCholesky(factorCholesky(own, used.length), move)
  let share = 1
  let slope = 0
  for (const [a, j] of used.entries()) {
    const before = point[j] as number
    const step = move[a] as number
    slope += signed(j) * step
    if (penalties[j] !== 0 && before * (before + step) < 0) share = Math.min(share, -before / step)
  }
  if (!(slope < 0) || !Number.isFinite(slope)) return
  for (const [a, j] of used.entries()) {
    const before = point[j] as number
    const after = before + share * (move[a] as number)
    // The coefficient that stopped the step is zero but for rounding.
    point[j] = penalties[j] !== 0 && (before * after <= 0 || Math.abs(after) < 1e-15 * Math.abs(before)) ? 0 : after
    addRow(slopes, matrix.subarray(j * size, (j + 1) * size), (point[j] as number) - before)
  }
}

function addRow(slopes: Float64Array, row: Float64Array, factor: number): void {
  for (let i = 0; i < slopes.length; i++) slopes[i] = (slopes[i] as number) + factor * (row[i] as number)
}
