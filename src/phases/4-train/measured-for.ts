import type { Json } from '#core/canonical-json'
import { accept, type Result } from '#core/errors'
import type { Labelled } from '#core/outcomes'
import { progressRange } from '#core/progress-range'
import type { Facts, Tools } from '#phases/phase'
import { buildBench } from './build-bench.ts'
import { measureCandidates } from './measure-candidates.ts'
import { readMeasured } from './measured-blob.ts'
import type { Measured } from './measured-candidate.ts'
import type { TrainingDecision } from './schema.ts'

/** What is to be measured. */
export interface Asked {
  readonly facts: Facts
  readonly labelled: Labelled
  readonly decision: TrainingDecision
}

interface Fitted {
  readonly candidate: Measured
  readonly notes: readonly string[]
}

/** The measures that were taken for the proposal, or the same measures of another plan. */
export async function measuredFor({ facts, labelled, decision }: Asked, tools: Tools): Promise<Result<Fitted>> {
  const { trainer, monotone, settings, measured: kept } = decision
  if (kept !== null) {
    const notes = boardNotes(await tools.blobs.get(decision.board))
    return accept({ candidate: await readMeasured(tools.blobs, kept), notes })
  }
  const bench = await buildBench({ facts, labelled }, tools, decision.features)
  if (!bench.ok) return bench
  const progress = progressRange(tools.progress, [0.05, 0.7], 'Fitting what was decided')
  const measured = await measureCandidates(bench.value, [{ trainer, monotone, settings }], { ...tools, progress })
  if (!measured.ok) return measured
  const [candidate] = measured.value
  if (candidate === undefined) throw new Error('a candidate without a measure')
  return accept({ candidate, notes: bench.value.budget.notes })
}

function boardNotes(board: Json): string[] {
  if (typeof board !== 'object' || board === null || !('notes' in board) || !Array.isArray(board.notes)) return []
  return board.notes.filter((note) => typeof note === 'string')
}
