import type { BoostingTarget } from './boosting-target.ts'
import type { SettledBag } from './settle-rounds.ts'
import type { OutOfFold } from './fitted.ts'

/** What turns scores of bags into scores of the model. */
export interface ScoreScale {
  /** Rows of the training table. */
  readonly rows: number
  readonly outputs: number
  readonly target: Pick<BoostingTarget, 'centre' | 'scale'>
}

/** Puts the held-out rows of the bags together; a row that several bags held out has their mean score. */
export function outOfFoldScores(bags: readonly SettledBag[], { rows: all, outputs, target }: ScoreScale): OutOfFold {
  const times = new Uint8Array(all)
  for (const { holdOutRows } of bags) for (let i = 0; i < holdOutRows.length; i++) bump(times, holdOutRows[i] as number)
  const position = new Int32Array(all)
  let count = 0
  for (let row = 0; row < all; row++) if ((times[row] as number) > 0) position[row] = count++
  const rows = new Int32Array(count)
  for (let row = 0; row < all; row++) if ((times[row] as number) > 0) rows[position[row] as number] = row
  const scores = Array.from({ length: outputs }, () => new Float64Array(count))
  for (const { holdOutRows, holdOutScores } of bags) {
    for (const [k, sums] of scores.entries()) {
      for (let i = 0; i < holdOutRows.length; i++) {
        const row = holdOutRows[i] as number
        const at = position[row] as number
        const score = (holdOutScores[k * holdOutRows.length + i] as number) * target.scale + target.centre
        sums[at] = (sums[at] as number) + score / (times[row] as number)
      }
    }
  }
  return { rows, scores }
}

function bump(times: Uint8Array, row: number): void {
  times[row] = (times[row] as number) + 1
}
