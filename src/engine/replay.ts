import { canonicalJson, type Json } from '#core/canonical-json'
import { tableSchema, type Table } from '#core/dataset'
import type { Hash } from '#core/hash'
import { labelledSchema } from '#core/outcomes'
import type { PhaseName } from '#core/phase-names'
import type { JsonBlobs } from '#core/ports'
import { replaySchema, type ParentPhase, type Replay } from '#core/replay'
import type { StartedRun } from '#core/run'
import type { HeldRows } from '#phases/phase'

/** What a retrain repeats of its parent; null for every other run. */
export async function replayOf({ settings }: StartedRun, blobs: JsonBlobs): Promise<Replay | null> {
  return settings.replay === undefined ? null : replaySchema.parse(await blobs.get(settings.replay))
}

export function parentPhase(replay: Replay, phase: PhaseName): ParentPhase | undefined {
  return replay.phases.find((candidate) => candidate.phase === phase)
}

/** Whether a retrain leaves out, without asking, a phase that its parent skipped. */
export async function isSkippedAgain(run: StartedRun, phase: PhaseName, blobs: JsonBlobs): Promise<boolean> {
  const replay = await replayOf(run, blobs)
  if (replay === null || run.settings.gates.includes(phase)) return false
  if (replay.changes[phase] !== undefined || replay.asks[phase] !== undefined) return false
  return parentPhase(replay, phase)?.skipped === true
}

/** Everything that the outcome of a phase hangs on in the run of one chain of retrains. */
interface Step {
  readonly dataset: Hash
  readonly earlier: readonly (readonly [phase: string, outcome: Hash])[]
  readonly decisions: readonly Hash[]
}

/**
 * The rows that a retrain must keep sealed. Where the step is the parent's own, it is told what the parent was told, so
 * that the same step has the same result and is found instead of computed.
 */
export async function heldRows(run: StartedRun, phase: PhaseName, blobs: JsonBlobs): Promise<HeldRows | undefined> {
  const step: Step = {
    dataset: run.dataset,
    earlier: earlierOutcomes(run.phases, phase),
    decisions: run.decisions.filter((made) => made.phase === phase).map(({ decision }) => decision),
  }
  let next: Hash | null = run.settings.replay ?? null
  while (next !== null) {
    const replay = replaySchema.parse(await blobs.get(next))
    const parent: Step = {
      dataset: replay.dataset,
      earlier: earlierOutcomes(replay.phases, phase),
      decisions: (parentPhase(replay, phase)?.decisions ?? []).map(({ decision }) => decision),
    }
    if (canonicalJson(step) !== canonicalJson(parent)) return heldBy(replay, await tableOf(run.dataset, blobs), { phase, blobs })
    next = replay.before
  }
  return undefined
}

function earlierOutcomes(phases: readonly { readonly phase: PhaseName; readonly outcome: Hash | null }[], phase: PhaseName): Step['earlier'] {
  const before = phases.slice(0, phases.findIndex((record) => record.phase === phase))
  return before.flatMap(({ phase: name, outcome }) => (outcome === null ? [] : [[name, outcome] as const]))
}

async function tableOf(dataset: Hash, blobs: JsonBlobs): Promise<Table> {
  return tableSchema.parse(await blobs.get(dataset))
}

async function heldBy(replay: Replay, table: Table, { phase, blobs }: { phase: PhaseName; blobs: JsonBlobs }): Promise<HeldRows | undefined> {
  const earlier: HeldRows['earlier'][number][] = []
  for (let one: Replay | null = replay; one !== null; one = one.before === null ? null : replaySchema.parse(await blobs.get(one.before))) {
    const outcome = parentPhase(one, phase)?.outcome ?? null
    if (outcome === null) continue
    const labelled = labelledSchema.parse(await blobs.get(outcome))
    const raw = await tableOf(one.dataset, blobs)
    const marked = { table: labelled.table.hash, sealed: labelled.sealed }
    // The parent's marks hold what its own ancestors sealed.
    if (one === replay && raw.hash === table.hash) return { marked, earlier: [] }
    earlier.push({ raw, marked: marked.table, sealed: marked.sealed })
  }
  return earlier.length === 0 ? undefined : { marked: null, earlier }
}

/** The outcomes that the parent reached up to a phase, that one included. */
export async function parentOutcomes(replay: Replay, phase: PhaseName, blobs: JsonBlobs): Promise<Partial<Record<PhaseName, Json>>> {
  const outcomes: Partial<Record<PhaseName, Json>> = {}
  for (const record of replay.phases) {
    if (record.outcome !== null) outcomes[record.phase] = await blobs.get(record.outcome)
    if (record.phase === phase) break
  }
  return outcomes
}

/** What the card of a retrain tells besides: why it asks, and what the parent run answered. */
export async function whyAsked(replay: Replay, { phase, text }: { phase: PhaseName; text: string }, blobs: JsonBlobs): Promise<Json> {
  const closing = parentPhase(replay, phase)?.decisions.at(-1)
  const answered = closing === undefined ? null : { decision_id: closing.decision_id, answer: await blobs.get(closing.answer), decision: await blobs.get(closing.decision) }
  const wanted = replay.changes[phase]?.answer
  return { parent_run_id: replay.parent_run_id, text, parent: answered, asked_for: wanted === undefined ? null : JSON.parse(canonicalJson(wanted)), notes: [...replay.notes] }
}
