import { exp } from './exponential.ts'
import { log1p } from './logarithm.ts'

/** The logistic curve sigmoid(slope x score + intercept). */
export interface LogisticCurve {
  readonly slope: number
  readonly intercept: number
}

const NEWTON_STEPS = 100

/**
 * Maximum likelihood of slope and intercept by Newton's method with step halving. Targets may be softened as Platt
 * (1999) does, which keeps separable scores finite.
 */
export function fitLogisticCurve(scores: Float64Array, codes: Int32Array, softened: boolean): LogisticCurve {
  let positives = 0
  for (const code of codes) positives += code === 1 ? 1 : 0
  const high = softened ? (positives + 1) / (positives + 2) : 1
  const low = softened ? 1 / (codes.length - positives + 2) : 0
  const targets = Float64Array.from(codes, (code) => (code === 1 ? high : low))
  let curve: LogisticCurve = { slope: 1, intercept: 0 }
  let loss = lossOf(curve, scores, targets)
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const move = newtonMove(curve, scores, targets)
    let size = 1
    let next = moved(curve, move, size)
    let nextLoss = lossOf(next, scores, targets)
    while (!(nextLoss <= loss) && size > 1e-10) {
      size /= 2
      next = moved(curve, move, size)
      nextLoss = lossOf(next, scores, targets)
    }
    if (!(nextLoss <= loss)) break
    const gained = loss - nextLoss
    curve = next
    loss = nextLoss
    if (gained <= 1e-15 * Math.abs(loss) || Math.abs(curve.slope) > STEEPEST) break
  }
  return curve
}

/** A slope beyond this means that the scores separate the classes: there is no finite maximum. */
const STEEPEST = 1e3

function moved(curve: LogisticCurve, move: LogisticCurve, size: number): LogisticCurve {
  return { slope: curve.slope + size * move.slope, intercept: curve.intercept + size * move.intercept }
}

function newtonMove({ slope, intercept }: LogisticCurve, scores: Float64Array, targets: Float64Array): LogisticCurve {
  let gradientSlope = 0
  let gradientIntercept = 0
  let curvatureSlope = 1e-12
  let curvatureBoth = 0
  let curvatureIntercept = 1e-12
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number
    const p = 1 / (1 + exp(-(slope * score + intercept)))
    const residual = (targets[i] as number) - p
    const weight = p * (1 - p)
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

function lossOf({ slope, intercept }: LogisticCurve, scores: Float64Array, targets: Float64Array): number {
  let sum = 0
  for (let i = 0; i < scores.length; i++) {
    const z = slope * (scores[i] as number) + intercept
    // log(1 + exp(z)) - target x z, without overflow
    sum += Math.max(z, 0) + log1p(exp(-Math.abs(z))) - (targets[i] as number) * z
  }
  return sum
}
