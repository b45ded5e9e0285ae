import type { Taken } from '#core/command'
import { proposalSchema, type Proposal } from '#core/decision'
import { refuse, type Result } from '#core/errors'
import type { Actor } from '#core/event'
import type { Hash } from '#core/hash'
import type { Json } from '#core/canonical-json'
import { parentPhase } from './replay.ts'
import type { ParentPhase, Replay } from '#core/replay'
import type { StartedRun } from '#core/run'
import type { Phase } from '#phases/phase'
import type { EngineInput } from './ports.ts'
import { replayAnswer } from './replay-answer.ts'

/** Who decides where a retrain repeats what its parent decided. */
export const replayActor: Actor = { kind: 'policy', name: 'replayed' }

/** A decision that is taken at once, or why somebody has to be asked. */
export type ReplayedStep = { readonly taken: Taken } | { readonly why: string }

interface Card {
  readonly phase: Phase
  readonly replay: Replay
  readonly proposal: Proposal
  readonly hash: Hash
}

/** Decides a phase of a retrain as its parent did, with what was asked to be changed. */
export async function replayDecision(input: EngineInput, run: StartedRun, card: Card): Promise<ReplayedStep> {
  const { phase, replay } = card
  const why = replay.asks[phase.name]
  if (why !== undefined) return { why }
  const changes = replay.changes[phase.name] ?? null
  const parent = parentPhase(replay, phase.name)
  const made = run.decisions.filter((decision) => decision.phase === phase.name)
  if (changes === null) {
    const next = parent?.decisions[made.length]
    const alike = made.every((decision, i) => decision.decision === parent?.decisions[i]?.decision)
    if (next !== undefined && alike && next.proposal === card.hash) return { taken: takenFrom(next, next) }
  }
  if (made.length > 0) return { why: 'This phase was decided anew, so that what the parent run decided next no longer follows.' }
  const decided = await decideAnew(input, run, { ...card, parent })
  if (!decided.ok) return { why: whyOf(decided.refusal.message, changes !== null) }
  const answered = { answer: await input.blobs.put(decided.value.answer), decision: await input.blobs.put(decided.value.decision) }
  const closing = parent?.decisions.at(-1)
  if (changes !== null) return { taken: { ...answered, actor: changes.actor, ...(closing === undefined ? {} : { replays: closing.decision_id }) } }
  return closing === undefined ? { why: 'The parent run did not go through this phase.' } : { taken: takenFrom(closing, answered) }
}

function takenFrom({ decision_id }: ParentPhase['decisions'][number], made: { answer: Hash; decision: Hash; closes?: boolean }): Taken {
  const { answer, decision, closes = true } = made
  return { answer, decision, closes, actor: replayActor, replays: decision_id }
}

function whyOf(reason: string, changed: boolean): string {
  const what = changed ? 'What was asked for does not fit this card' : 'What the parent run decided no longer fits this card'
  return `${what}: ${reason.replace(/\.$/, '')}.`
}

async function decideAnew(input: EngineInput, run: StartedRun, card: Card & { parent: ParentPhase | undefined }): Promise<Result<{ answer: Json; decision: Json }>> {
  const { phase, replay, proposal, parent } = card
  const { blobs } = input
  const changes = replay.changes[phase.name]?.answer ?? null
  const closing = parent?.decisions.at(-1)
  if (phase.replay === undefined) {
    if (closing === undefined || changes !== null) return refuse('DECISION_STALE', 'the parent run decided nothing of it')
    if (parent !== undefined && parent.decisions.length > 1) return refuse('DECISION_STALE', 'the parent run decided it in several rounds, of which the first card has changed')
    const [answer, decision, before] = await Promise.all([blobs.get(closing.answer), blobs.get(closing.decision), blobs.get(closing.proposal)])
    return replayAnswer(phase, { answer, decision, proposal: proposalSchema.parse(before) }, { proposal, policy: run.settings })
  }
  const decisions: Json[] = []
  for (const { decision } of parent?.decisions ?? []) {
    const read = phase.schemas.decision.safeParse(await blobs.get(decision))
    if (!read.success) return refuse('DECISION_STALE', 'the parent run was decided in an older form that this version does not read')
    decisions.push(read.data)
  }
  const decided = phase.replay({ decisions, changes, proposal: closing === undefined ? null : proposalSchema.parse(await blobs.get(closing.proposal)) }, proposal)
  if (!decided.ok) return decided
  const answer: Json = changes === null && closing !== undefined ? await blobs.get(closing.answer) : JSON.parse(JSON.stringify(changes))
  return { ok: true, value: { answer, decision: decided.value } }
}
