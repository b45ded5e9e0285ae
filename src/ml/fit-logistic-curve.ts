import { exp } from './exponential.ts'
import { log1p } from './logarithm.ts'
import { type RowWeights, totalWeight, weightOfOneRow } from './row-weights.ts'

/** The logistic curve sigmoid(slope x score + intercept). */
export interface LogisticCurve {
  readonly slope: number
  readonly intercept: number
}

/** Scores, what came true of them (1), and how much each row counts. */
export interface ScoredRows {
  readonly scores: Float64Array
  readonly codes: Int32Array
  readonly weights?: RowWeights
}

const NEWTON_STEPS = 100

/**
 * Maximum likelihood of slope and intercept by Newton's method with step halving. Targets may be softened as Platt
 * (1999) does, which keeps separable scores finite.
 */
export function fitLogisticCurve(rows: ScoredRows, softened: boolean): LogisticCurve {
  const softRows = { ...rows, targets: targetsOf(rows, softened) }
  let curve: LogisticCurve = { slope: 1, intercept: 0 }
  let loss = lossOf(curve, softRows)
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const move = newtonMove(curve, softRows)
    let size = 1
    let next = moved(curve, move, size)
    let nextLoss = lossOf(next, softRows)
    while (!(nextLoss <= loss) && size > 1e-10) {
      size /= 2
      next = moved(curve, move, size)
      nextLoss = lossOf(next, softRows)
    }
    if (!(nextLoss <= loss)) break
    const gained = loss - nextLoss
    curve = next
    loss = nextLoss
    if (gained <= 1e-15 * Math.abs(loss) || Math.abs(curve.slope) > STEEPEST) break
  }
  return curve
}

interface SoftRows extends ScoredRows {
  /** What each row should say: 0 or 1, or a little inside. */
  readonly targets: Float64Array
}

/** Platt's targets: as if one more row of each class had been seen. */
function targetsOf({ codes, weights }: ScoredRows, softened: boolean): Float64Array {
  if (!softened) return Float64Array.from(codes, (code) => (code === 1 ? 1 : 0))
  const one = weightOfOneRow(weights)
  let positives = 0
  for (const [row, code] of codes.entries()) if (code === 1) positives += (weights ? (weights[row] as number) : 1) / one
  const negatives = totalWeight(codes.length, weights) / one - positives
  return Float64Array.from(codes, (code) => (code === 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2)))
}

/** A slope beyond this means that the scores separate the classes: there is no finite maximum. */
const STEEPEST = 1e3

function moved(curve: LogisticCurve, move: LogisticCurve, size: number): LogisticCurve {
  return { slope: curve.slope + size * move.slope, intercept: curve.intercept + size * move.intercept }
}

function newtonMove({ slope, intercept }: LogisticCurve, { scores, targets, weights }: SoftRows): LogisticCurve {
  let gradientSlope = 0
  let gradientIntercept = 0
  let curvatureSlope = 1e-12
  let curvatureBoth = 0
  let curvatureIntercept = 1e-12
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number
    const p = 1 / (1 + exp(-(slope * score + intercept)))
    const own = weights ? (weights[i] as number) : 1
    const residual = own * ((targets[i] as number) - p)
    const weight = own * p * (1 - p)
    gradientSlope += residual * score
    gradientIntercept += residual
    curvatureSlope += weight * score * score
    curvatureBoth += weight * score
    curvatureIntercept += weight
  }
  const determinant = curvatureSlope * curvatureIntercept - curvatureBoth * curvatureBoth
  if (!(determinant > 1e-300)) return { slope: 0, intercept: gradientIntercept / curvatureIntercept }
  return {
    slope: (curvatureIntercept * gradientSlope - curvatureBoth * gradientIntercept) / determinant,
    intercept: (curvatureSlope * gradientIntercept - curvatureBoth * gradientSlope) / determinant,
  }
}

function lossOf({ slope, intercept }: LogisticCurve, { scores, targets, weights }: SoftRows): number {
  let sum = 0
  for (let i = 0; i < scores.length; i++) {
    const z = slope * (scores[i] as number) + intercept
    // log(1 + exp(z)) - target x z, without overflow
    const loss = Math.max(z, 0) + log1p(exp(-Math.abs(z))) - (targets[i] as number) * z
    sum += weights ? (weights[i] as number) * loss : loss
  }
  return sum
}
