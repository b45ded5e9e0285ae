import { sumByCode } from './bin-kernels.ts'
import { type BinnedRows, viewsByFeature } from './binned-rows.ts'
import type { BoostingLoss } from './boosting-loss.ts'
import type { GradientTracker } from './gradient-tracker.ts'
import { rowScores } from './row-scores.ts'
import { addStep } from './step.ts'

/**
 * Tracks the gradient row by row: for tables with so many bins that the matrix of pairs would be larger than the
 * table. The same quadratic loss as the matrix tracker, so that both find the same model up to rounding.
 */
export function rowTracker(rows: BinnedRows, loss: BoostingLoss, start: Float64Array): GradientTracker {
  const count = rows.rows
  const held = rowScores(rows, loss, start)
  const gradient = new Float64Array(loss.outputs * count)
  const weights = new Float64Array(loss.outputs * count).fill(1)
  const weightByBin = new Float64Array(loss.outputs * rows.layout.total)
  const outputs = Array.from({ length: loss.outputs }, (_, k) => ({
    gradient: gradient.subarray(k * count, (k + 1) * count),
    weights: weights.subarray(k * count, (k + 1) * count),
    weightViews: viewsByFeature(weightByBin, k, rows.layout),
  }))
  const sums = rows.layout.binCounts.map((bins) => new Float64Array(bins))
  const change = new Float64Array(Math.max(0, ...rows.layout.binCounts))
  const codesOf = (feature: number): Uint8Array => rows.codes[feature] as Uint8Array
  return {
    refresh(curves) {
      held.update(curves)
      loss.differentiate({ rows: count, target: rows.target, scores: held.scores }, gradient, weights)
      weightByBin.fill(0)
      for (const output of outputs) {
        for (const [f, view] of output.weightViews.entries()) sumByCode(codesOf(f), output.weights, view)
      }
    },
    gradientOf(feature, output) {
      const sum = (sums[feature] as Float64Array).fill(0)
      sumByCode(codesOf(feature), (outputs[output] as (typeof outputs)[number]).gradient, sum)
      return sum
    },
    weightsOf: (feature, output) =>
      (outputs[output] as (typeof outputs)[number]).weightViews[feature] as Float64Array,
    apply(step, feature, output) {
      const held = outputs[output] as (typeof outputs)[number]
      addStep(step, change.fill(0))
      subtractByCode(codesOf(feature), change, held)
    },
  }
}

/** gradient[row] -= weight[row] x change[code of row]. */
function subtractByCode(
  codes: Uint8Array,
  change: Float64Array,
  { gradient, weights }: { gradient: Float64Array; weights: Float64Array },
): void {
  for (let i = 0; i < codes.length; i++) {
    gradient[i] = (gradient[i] as number) - (weights[i] as number) * (change[codes[i] as number] as number)
  }
}
