import { takeTurn } from '#core/take-turn'
import { binColumn, explainedShare } from '#ml/explained-share'
import { takeRows } from '#ml/table'
import type { Tools } from '#phases/phase'
import type { MadeCandidate } from './make-candidates.ts'
import type { ModelErrors } from './model-errors.ts'

/** A candidate, and how much it says of what the model without it gets wrong: the share of the errors' variance. */
export interface Screened {
  readonly made: MadeCandidate
  readonly share: number
}

/**
 * Ranks candidates by how much of the current model's errors, on rows that it had not learnt from, each explains: a quick
 * look at all, so that only the most promising are tested in full.
 */
export async function screenCandidates(made: readonly MadeCandidate[], { rows, errors }: ModelErrors, { signal }: Pick<Tools, 'signal'>): Promise<Screened[]> {
  const screened: Screened[] = []
  for (const one of made) {
    await takeTurn(signal)
    const [column] = takeRows({ rows: rows.length, columns: [one.made.values] }, rows).columns
    const bins = column === undefined ? new Int32Array(rows.length) : binColumn(column)
    screened.push({ made: one, share: Math.max(...errors.map((values) => explainedShare(bins, values))) })
  }
  return screened.sort((a, b) => b.share - a.share)
}
