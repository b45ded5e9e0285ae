import { exp } from './exponential.ts'
import { firstOffset, hessianFactor, OFFSET_MASK, ROUNDING_OFFSETS } from './tree-fixed-point.ts'
import type { AdvanceJob } from './tree-job.ts'
import type { TreeMemory } from './tree-memory.ts'

/** Rows whose gradients are due. */
export interface GradientRange {
  readonly job: AdvanceJob
  readonly segment: number
  readonly from: number
  readonly to: number
}

const STEPS_PER_UNIT = 128
const SCORE_LIMIT = 16
const LAST_PLACE = 2 * SCORE_LIMIT * STEPS_PER_UNIT
/** The logistic function between -16 and 16; linear between two entries it is right to 1e-6, far below a gradient's unit. */
const LOGISTIC = Float64Array.from(
  { length: LAST_PLACE + 2 },
  (_, i) => 1 / (1 + exp(SCORE_LIMIT - i / STEPS_PER_UNIT)),
)

/** Log loss of two classes: gradient p - y, hessian p (1 - p), each times the weight of the row. */
export function logisticGradients(memory: TreeMemory, { job, segment, from, to }: GradientRange): void {
  const { scores, target, packed } = memory
  const { weights, mask } = weightsOf(memory)
  const { gradientUnits, hessianUnits, shift } = job
  const offset = firstOffset(job.round)
  let gradients = 0
  let hessians = 0
  for (let i = from; i < to; i++) {
    const place = Math.min(LAST_PLACE, Math.max(0, ((scores[i] as number) + SCORE_LIMIT) * STEPS_PER_UNIT))
    const step = place | 0
    const below = LOGISTIC[step] as number
    const p = below + (place - step) * ((LOGISTIC[step + 1] as number) - below)
    const weight = weights[i & mask] as number
    const dither = ROUNDING_OFFSETS[(i + offset) & OFFSET_MASK] as number
    const gradient = Math.floor((p - (target[i] as number)) * weight * gradientUnits + dither)
    const hessian = Math.floor(p * (1 - p) * weight * hessianUnits + dither)
    packed[i] = gradient * shift + hessian
    gradients += gradient
    hessians += hessian
  }
  memory.totals[2 * segment] = gradients
  memory.totals[2 * segment + 1] = hessians
}

/** Half the squared error: gradient score - y, hessian 1, each times the weight; returns the largest |score - y|. */
export function squaredGradients(memory: TreeMemory, { job, segment, from, to }: GradientRange): number {
  const { scores, target, packed } = memory
  const { weights, mask } = weightsOf(memory)
  const { gradientUnits, hessianUnits, shift } = job
  const offset = firstOffset(job.round)
  let largest = 0
  let gradients = 0
  let hessians = 0
  for (let i = from; i < to; i++) {
    const residual = (scores[i] as number) - (target[i] as number)
    largest = Math.max(largest, Math.abs(residual))
    const weight = weights[i & mask] as number
    const dither = ROUNDING_OFFSETS[(i + offset) & OFFSET_MASK] as number
    const gradient = Math.floor(residual * weight * gradientUnits + dither)
    const hessian = Math.floor(weight * hessianUnits + dither)
    packed[i] = gradient * shift + hessian
    gradients += gradient
    hessians += hessian
  }
  memory.totals[2 * segment] = gradients
  memory.totals[2 * segment + 1] = hessians
  return largest
}

/** Log loss of several classes: gradient p - y, hessian K / (K - 1) p (1 - p) as LightGBM has it, by class. */
export function softmaxGradients(memory: TreeMemory, { job, segment, from, to }: GradientRange): void {
  const { scores, target, packed, rows, outputs, totals } = memory
  const { weights, mask } = weightsOf(memory)
  const factor = hessianFactor(outputs)
  const shares = new Float64Array(outputs)
  const offset = firstOffset(job.round)
  for (let k = 0; k < outputs; k++) totals.fill(0, 2 * (k * memory.segments + segment), 2 * (k * memory.segments + segment) + 2)
  for (let i = from; i < to; i++) {
    let highest = Number.NEGATIVE_INFINITY
    for (let k = 0; k < outputs; k++) highest = Math.max(highest, scores[k * rows + i] as number)
    let total = 0
    for (let k = 0; k < outputs; k++) {
      const share = exp((scores[k * rows + i] as number) - highest)
      shares[k] = share
      total += share
    }
    const weight = weights[i & mask] as number
    const dither = ROUNDING_OFFSETS[(i + offset) & OFFSET_MASK] as number
    for (let k = 0; k < outputs; k++) {
      const p = (shares[k] as number) / total
      const gradient = Math.floor((p - Number(target[i] === k)) * weight * job.gradientUnits + dither)
      const hessian = Math.floor(factor * p * (1 - p) * weight * job.hessianUnits + dither)
      packed[k * rows + i] = gradient * job.shift + hessian
      const at = 2 * (k * memory.segments + segment)
      totals[at] = (totals[at] as number) + gradient
      totals[at + 1] = (totals[at + 1] as number) + hessian
    }
  }
}

const ONE = Float64Array.of(1)

/** Weights by row masked: without weights all rows find the same one, which is faster than asking in each row. */
function weightsOf({ weights }: TreeMemory): { readonly weights: Float64Array; readonly mask: number } {
  return weights ? { weights, mask: -1 } : { weights: ONE, mask: 0 }
}
