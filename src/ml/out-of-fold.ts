import type { BoostingTarget } from './boosting-target.ts'
import type { FitBagOutput } from './fit-bag.ts'
import type { OutOfFold } from './fitted.ts'

/** What turns scores of bags into scores of the model. */
export interface ScoreScale {
  readonly outputs: number
  readonly target: Pick<BoostingTarget, 'centre' | 'scale'>
}

/** Puts the held-out rows of the bags together; a row that several bags held out has their mean score. */
export function outOfFoldScores(bags: readonly FitBagOutput[], { outputs, target }: ScoreScale): OutOfFold {
  const times = new Map<number, number>()
  for (const { holdOutRows } of bags) for (const row of holdOutRows) times.set(row, (times.get(row) ?? 0) + 1)
  const rows = Int32Array.from(times.keys()).sort()
  const position = new Map(Array.from(rows, (row, i) => [row, i]))
  const scores = Array.from({ length: outputs }, () => new Float64Array(rows.length))
  for (const { holdOutRows, holdOutScores } of bags) {
    for (let i = 0; i < holdOutRows.length; i++) {
      const row = holdOutRows[i] as number
      const at = position.get(row) as number
      for (const [k, sums] of scores.entries()) {
        const score = (holdOutScores[k * holdOutRows.length + i] as number) * target.scale + target.centre
        sums[at] = (sums[at] as number) + score / (times.get(row) as number)
      }
    }
  }
  return { rows, scores }
}
