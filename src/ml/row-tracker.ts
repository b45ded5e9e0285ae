import { type Starts, subtractByCode, subtractByFourCodes, sumByCode, sumByFourCodes } from './bin-kernels.ts'
import { codesOfTerm, fourTerms, sumBinnedRows, viewsByTerm } from './binned-rows.ts'
import type { BoostingLoss } from './boosting-loss.ts'
import { type Change, emptyChange } from './change.ts'
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
  const sums = new Float64Array(rows.layout.total)
  const sumViews = viewsByTerm(sums, 0, rows.layout)
  const changeByCell = new Float64Array(rows.layout.total)
  const changes = viewsByTerm(changeByCell, 0, rows.layout).map(emptyChange)
  const codes = sumViews.map((_, term) => codesOfTerm(rows, term))
  const outputOf = (k: number) => outputs[k] as (typeof outputs)[number]
  const sumsOf = (term: number) => sumViews[term] as Float64Array
  return {
    blockSize: BLOCK,
    changes,
    refreshWork: loss.outputs * count * (2 * codes.length + 20),
    buildWork: loss.outputs * count * codes.length,
    visitWork: 1.15 * count + 1500,
    refresh(scores, anew) {
      held.update(scores)
      differentiateRows({ rows, loss, scores: held.scores }, gradient, anew ? weights : unused)
      if (!anew) return
      weightByCell.fill(0)
      for (const [output, own] of outputs.entries()) sumBinnedRows(rows, own.weights, { sums: weightByCell, output })
    },
    lookAt(terms, output) {
      for (const term of terms) sumsOf(term).fill(0)
      if (isBlock(terms)) sumByFourCodes(fourTerms(rows, terms), outputOf(output).gradient, sums)
      else for (const term of terms) sumByCode(codes[term] as Uint8Array, outputOf(output).gradient, sumsOf(term))
    },
    gradientOf: sumsOf,
    weightsOf: (term, output) => outputOf(output).weightViews[term] as Float64Array,
    apply(terms, output) {
      let changed = 0
      for (const term of terms) {
        const { count, values } = changes[term] as Change
        if (count === 0) values.fill(0)
        else changed++
      }
      // A block of four costs as much as two terms alone.
      if (isBlock(terms) && changed > 1) return subtractByFourCodes(fourTerms(rows, terms), changeByCell, outputOf(output))
      for (const term of terms) {
        const { count, values } = changes[term] as Change
        if (count > 0) subtractByCode(codes[term] as Uint8Array, values, outputOf(output))
      }
    },
  }
}

function isBlock(terms: readonly number[]): terms is Starts {
  return terms.length === BLOCK
}
