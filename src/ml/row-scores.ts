import { type BinnedRows, scoreBinnedRows } from './binned-rows.ts'
import type { BoostingLoss } from './boosting-loss.ts'
import { weightedMean } from './metrics.ts'

/** Rows with the scores that given terms lead to. */
export interface RowScores {
  /** Score by output and row. */
  readonly scores: Float64Array
  /** Brings the scores up to date with those of the terms, by output and cell. */
  update(terms: Float64Array): void
  /** Weighted mean loss at the present scores. */
  meanLoss(): number
}

/** Keeps the scores of rows; `start` is the constant by output, where the rows bring no scores of their own. */
export function rowScores(rows: BinnedRows, loss: BoostingLoss, start: Float64Array): RowScores {
  const scores = new Float64Array(loss.outputs * rows.rows)
  const lossByRow = new Float64Array(rows.rowWeights ? rows.rows : 0)
  return {
    scores,
    update(terms) {
      if (rows.base) scores.set(rows.base)
      for (let k = 0; k < loss.outputs; k++) {
        const part = scores.subarray(k * rows.rows, (k + 1) * rows.rows)
        if (!rows.base) part.fill(start[k] as number)
        scoreBinnedRows(rows, { curves: terms, output: k }, part)
      }
    },
    meanLoss() {
      const at = { rows: rows.rows, target: rows.target, scores }
      if (!rows.rowWeights) return loss.mean(at)
      loss.byRow(at, lossByRow)
      // Rows that weigh nothing together say nothing.
      return weightedMean(lossByRow, rows.rowWeights) || 0
    },
  }
}
