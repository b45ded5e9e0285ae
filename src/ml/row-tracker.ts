import { sumByCode } from './bin-kernels.ts'
import { viewsByTerm } from './binned-rows.ts'
import type { BoostingLoss } from './boosting-loss.ts'
import type { GradientTracker } from './gradient-tracker.ts'
import { rowScores } from './row-scores.ts'
import { differentiateRows, type TermRows } from './row-statistics.ts'

/**
 * Tracks the gradient row by row: for tables with so many cells that the matrix of pairs would be larger than the
 * table. The same quadratic loss as the matrix tracker, so that both find the same model up to rounding.
 */
export function rowTracker({ rows }: TermRows, loss: BoostingLoss, start: Float64Array): GradientTracker {
  const count = rows.rows
  const held = rowScores(rows, loss, start)
  const gradient = new Float64Array(loss.outputs * count)
  const weights = new Float64Array(loss.outputs * count).fill(1)
  const weightByCell = new Float64Array(loss.outputs * rows.layout.total)
  const outputs = Array.from({ length: loss.outputs }, (_, k) => ({
    gradient: gradient.subarray(k * count, (k + 1) * count),
    weights: weights.subarray(k * count, (k + 1) * count),
    weightViews: viewsByTerm(weightByCell, k, rows.layout),
  }))
  const sums = rows.layout.binCounts.map((cells) => new Float64Array(cells))
  const codesOf = (term: number): Uint8Array => rows.codes[term] as Uint8Array
  return {
    refresh(scores) {
      held.update(scores)
      differentiateRows({ rows, loss, scores: held.scores }, gradient, weights)
      weightByCell.fill(0)
      for (const output of outputs) {
        for (const [t, view] of output.weightViews.entries()) sumByCode(codesOf(t), output.weights, view)
      }
    },
    gradientOf(term, output) {
      const sum = (sums[term] as Float64Array).fill(0)
      sumByCode(codesOf(term), (outputs[output] as (typeof outputs)[number]).gradient, sum)
      return sum
    },
    weightsOf: (term, output) => (outputs[output] as (typeof outputs)[number]).weightViews[term] as Float64Array,
    apply(change, term, output) {
      subtractByCode(codesOf(term), change.values, outputs[output] as (typeof outputs)[number])
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
