import type { Json } from '#core/canonical-json'
import { tableSchema } from '#core/dataset'
import type { Hash } from '#core/hash'
import type { StartedRun } from '#core/run'
import type { Facts, Phase, Tools } from '#phases/phase'
import type { EngineInput } from './ports.ts'
import { parentOutcomes, parentPhase, replayOf } from './replay.ts'

interface Reached {
  readonly phase: Phase
  readonly facts: Facts
  readonly outcome: { readonly value: Json; readonly hash: Hash }
}

/** What a comparison hangs on, and how it is made. */
export interface Comparing {
  readonly basis: Json
  readonly work: (tools: Tools) => Promise<Json>
}

/** How the outcome of a retrain would be compared with its parent's; null where there is nothing to compare. */
export async function comparingOf({ blobs }: EngineInput, run: StartedRun, { phase, facts, outcome }: Reached): Promise<Comparing | null> {
  const replay = await replayOf(run, blobs)
  const parent = replay === null ? undefined : parentPhase(replay, phase.name)
  if (replay === null || phase.compare === undefined || parent?.outcome == null) return null
  const earlier = replay.phases.map(({ phase: name, outcome: reached }) => [name, reached])
  const own = run.phases.map((record) => [record.phase, record.outcome])
  const { notes, dataset } = replay
  const basis = { step: 'compare', phase: phase.name, version: phase.version, seed: run.settings.seed, outcome: outcome.hash, own, earlier, dataset, before: parent.comparison, notes: [...notes] }
  return {
    basis,
    async work(tools) {
      const table = tableSchema.parse(await blobs.get(dataset))
      const comparison = parent.comparison === null ? null : await blobs.get(parent.comparison)
      const outcomes = await parentOutcomes(replay, phase.name, blobs)
      return phase.compare?.(facts, { outcome: outcome.value, parent: { table, outcomes, comparison }, notes }, tools) ?? null
    },
  }
}
