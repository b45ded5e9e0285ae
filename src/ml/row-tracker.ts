import { subtractByCode, subtractByFourCodes, sumByCode, sumByFourCodes } from './bin-kernels.ts'
import { sumBinnedRows, viewsByTerm } from './binned-rows.ts'
import type { BoostingLoss } from './boosting-loss.ts'
import type { Change } from './change.ts'
import type { GradientTracker } from './gradient-tracker.ts'
import { rowScores } from './row-scores.ts'
import { differentiateRows, type TermRows } from './row-statistics.ts'

/** Terms whose changes are worked out from the same gradient, so that a row is read once for all of them. */
const BLOCK = 4

/**
 * Tracks the gradient row by row: for tables with so many cells that building the matrix of pairs would cost more
 * than looking at the rows. The same quadratic loss as the matrix tracker; the terms of a block do not see each
 * other's changes before the next block, which a small learning rate makes up for.
 */
export function rowTracker({ rows }: TermRows, loss: BoostingLoss, start: Float64Array): GradientTracker {
  const count = rows.rows
  const held = rowScores(rows, loss, start)
  const gradient = new Float64Array(loss.outputs * count)
  const weights = new Float64Array(loss.outputs * count).fill(1)
  const unused = new Float64Array(loss.outputs * count)
  const weightByCell = new Float64Array(loss.outputs * rows.layout.total)
  const outputs = Array.from({ length: loss.outputs }, (_, k) => ({
    gradient: gradient.subarray(k * count, (k + 1) * count),
    weights: weights.subarray(k * count, (k + 1) * count),
    weightViews: viewsByTerm(weightByCell, k, rows.layout),
  }))
  const sums = rows.layout.binCounts.map((cells) => new Float64Array(cells))
  const outputOf = (k: number) => outputs[k] as (typeof outputs)[number]
  return {
    blockSize: BLOCK,
    refresh(scores, anew) {
      held.update(scores)
      differentiateRows({ rows, loss, scores: held.scores }, gradient, anew ? weights : unused)
      if (!anew) return
      weightByCell.fill(0)
      for (const output of outputs) sumBinnedRows(rows, output.weights, output.weightViews)
    },
    lookAt(terms, output) {
      const codes = terms.map((term) => rows.codes[term] as Uint8Array)
      const into = terms.map((term) => (sums[term] as Float64Array).fill(0))
      if (codes.length === BLOCK) sumByFourCodes(codes, outputOf(output).gradient, into)
      else for (const [i, one] of codes.entries()) sumByCode(one, outputOf(output).gradient, into[i] as Float64Array)
    },
    gradientOf: (term) => sums[term] as Float64Array,
    weightsOf: (term, output) => outputOf(output).weightViews[term] as Float64Array,
    apply(changes, terms, output) {
      const changed = terms.flatMap((term, i) => {
        const { count, values } = changes[i] as Change
        return count > 0 ? [{ codes: rows.codes[term] as Uint8Array, values }] : []
      })
      if (changed.length === BLOCK) {
        subtractByFourCodes(changed.map(({ codes }) => codes), changed.map(({ values }) => values), outputOf(output))
      } else for (const { codes, values } of changed) subtractByCode(codes, values, outputOf(output))
    },
  }
}
