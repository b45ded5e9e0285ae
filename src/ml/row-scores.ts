import { type BinnedRows, scoreBinnedRows, viewsByFeature } from './binned-rows.ts'
import type { BoostingLoss } from './boosting-loss.ts'

/** Rows with the scores that given curves lead to. */
export interface RowScores {
  /** Score by output and row. */
  readonly scores: Float64Array
  /** Brings the scores up to date. */
  update(curves: Float64Array): void
  /** Mean loss at the present scores. */
  meanLoss(): number
}

/** Keeps the scores of rows; `start` is the constant by output. */
export function rowScores(rows: BinnedRows, loss: BoostingLoss, start: Float64Array): RowScores {
  const scores = new Float64Array(loss.outputs * rows.rows)
  return {
    scores,
    update(curves) {
      for (let k = 0; k < loss.outputs; k++) {
        const part = scores.subarray(k * rows.rows, (k + 1) * rows.rows).fill(start[k] as number)
        scoreBinnedRows(rows, viewsByFeature(curves, k, rows.layout), part)
      }
    },
    meanLoss: () => loss.mean({ rows: rows.rows, target: rows.target, scores }),
  }
}
