import { z } from 'zod'
import { canonicalJson, type Json } from '#core/canonical-json'
import { proposalSchema } from '#core/decision'
import { accept, orThrow, refuse, SignalboxError, type Result } from '#core/errors'
import type { CommandOf } from '#core/command'
import type { Hash } from '#core/hash'
import type { PhaseName } from '#core/phase-names'
import { publishingSchema, type Publication, type Publishing } from '#core/publication'
import { phaseRecord, type MadeDecision, type StartedRun } from '#core/run'
import type { Facts, Phase, Tools } from '#phases/phase'
import type { Caption, EngineInput } from './ports.ts'
import { comparingOf } from './compare-step.ts'
import { gatherFacts } from './facts.ts'
import { heldRows, replayOf, whyAsked } from './replay.ts'
import { replayDecision } from './replay-decision.ts'
import { timeOptions } from './time-options.ts'

const appliedSchema = z.strictObject({ outcome: z.json(), publishes: z.array(publishingSchema) })

/** What a step computed: the command that records it, and what lists may show. */
export interface StepResult {
  readonly command: CommandOf<'open'> | CommandOf<'reach'>
  readonly caption: Caption
}

export type Observation = Pick<Tools, 'signal' | 'progress'>

export function phaseNamed(phases: readonly Phase[], name: PhaseName): Phase {
  const phase = phases.find((candidate) => candidate.name === name)
  if (phase === undefined) throw new SignalboxError({ code: 'PHASE_NOT_OFFERED', message: `this version does not offer ${name}` })
  return phase
}

function toolsFor(input: EngineInput, run: StartedRun, observed: Observation): Tools {
  const { data, blobs, compute } = input
  return { data, blobs, compute, seed: run.settings.seed, ...observed }
}

/** Finds a step's result under the hash of all that it depends on, or computes and keeps it. */
async function once(input: EngineInput, { runId, basis }: { runId: string; basis: Json }, work: () => Promise<Result<Json>>): Promise<Result<Hash>> {
  const key = input.identity.sha256(canonicalJson(basis))
  const known = await input.store.result(key, runId)
  if (known !== undefined) return accept(known)
  const done = await work()
  if (!done.ok) return done
  const hash = await input.blobs.put(done.value)
  await input.store.keepResult(key, hash, runId)
  return accept(hash)
}

/** Works out the options of a phase and, where the phase is not gated, takes the recommended ones at once. */
export async function proposeStep(input: EngineInput, run: StartedRun, at: { phase: PhaseName } & Observation): Promise<Result<StepResult>> {
  const phase = phaseNamed(input.phases, at.phase)
  const facts = await gatherFacts(run, phase, input)
  const basis = { step: 'propose', phase: at.phase, version: phase.version, seed: run.settings.seed, facts: facts as unknown as Json }
  const proposed = await once(input, { runId: run.run_id, basis }, async () => {
    const { compute, seconds } = timeOptions(input.compute)
    const made = await phase.propose(facts, { ...toolsFor(input, run, at), compute })
    await input.store.timedOptions(run.run_id, { phase: at.phase, seconds })
    return made.ok ? accept(proposalSchema.parse(made.value) as unknown as Json) : made
  })
  if (!proposed.ok) return proposed
  const proposal = proposalSchema.parse(await input.blobs.get(proposed.value))
  const revision = phaseRecord(run, at.phase).revision + 1
  const command = {
    kind: 'open',
    phase: at.phase,
    decision_id: input.identity.derivedId(run.run_id, at.phase, 'decision', String(revision)),
    proposal: proposed.value,
    options: proposal.options.length,
  } as const
  const replay = await replayOf(run, input.blobs)
  const gated = run.settings.gates.includes(at.phase)
  if (replay !== null) {
    const replayed = gated ? { why: 'Approval of this phase was required.' } : await replayDecision(input, run, { phase, replay, proposal, hash: proposed.value })
    if ('taken' in replayed) return accept({ command: { ...command, taken: replayed.taken }, caption: {} })
    const why = await input.blobs.put(await whyAsked(replay, { phase: at.phase, text: replayed.why }, input.blobs))
    return accept({ command: { ...command, taken: null, why }, caption: {} })
  }
  if (gated) return accept({ command: { ...command, taken: null }, caption: {} })
  const decision = phase.recommended(proposal, run.settings)
  if (decision === null) {
    return refuse(at.phase === 'label_selection' ? 'NO_LABEL_CANDIDATE' : 'DECISION_INVALID', `${at.phase} is not gated, and none of its options can be recommended: ${proposal.subject}`)
  }
  const taken = { answer: await input.blobs.put({ taken: 'recommended' }), decision: await input.blobs.put(decision) }
  return accept({ command: { ...command, taken }, caption: {} })
}

/** Applies the decision that was made. */
export async function applyStep(input: EngineInput, run: StartedRun, at: { made: MadeDecision } & Observation): Promise<Result<StepResult>> {
  const phase = phaseNamed(input.phases, at.made.phase)
  const held = phase.sealsRows === true ? await heldRows(run, phase.name, input.blobs) : undefined
  const facts: Facts = { ...(await gatherFacts(run, phase, input)), ...(held === undefined ? {} : { held }) }
  const decision = phase.schemas.decision.parse(await input.blobs.get(at.made.decision))
  const basis = { step: 'apply', phase: phase.name, version: phase.version, seed: run.settings.seed, facts: facts as unknown as Json, decision }
  const reached = await once(input, { runId: run.run_id, basis }, async () => {
    const applied = await phase.apply(facts, decision, toolsFor(input, run, at))
    if (!applied.ok) return applied
    return accept({ outcome: phase.schemas.outcome.parse(applied.value.outcome), publishes: applied.value.publishes as unknown as Json })
  })
  if (!reached.ok) return reached
  const { outcome, publishes } = appliedSchema.parse(await input.blobs.get(reached.value))
  const hash = await input.blobs.put(outcome)
  const comparison = await compareStep(input, run, { at, phase, facts, outcome: { value: outcome, hash } })
  const published = await identified(input, run, { phase: phase.name, publishes })
  const command = { kind: 'reach', phase: phase.name, outcome: hash, publishes: published, ...comparison } as const
  return accept({ command, caption: captionOf(outcome) })
}

interface Reached {
  readonly at: Observation
  readonly phase: Phase
  readonly facts: Facts
  readonly outcome: { readonly value: Json; readonly hash: Hash }
}

/** Compares the outcome of a retrain with its parent's, once. */
async function compareStep(input: EngineInput, run: StartedRun, { at, ...reached }: Reached): Promise<{ comparison?: Hash }> {
  const comparing = await comparingOf(input, run, reached)
  if (comparing === null) return {}
  const { basis, work } = comparing
  const compared = await once(input, { runId: run.run_id, basis }, async () => accept(await work(toolsFor(input, run, at))))
  return { comparison: orThrow(compared) }
}

/** Gives what is published its ids: the same run, phase and kind always give the same. */
async function identified(input: EngineInput, run: StartedRun, of: { phase: PhaseName; publishes: readonly Publishing[] }): Promise<Publication[]> {
  // All retrains of a chain make versions of one model.
  const model_id = (await replayOf(run, input.blobs))?.model_id ?? input.identity.derivedId(run.run_id, 'model')
  return of.publishes.map((one) => ({ ...one, model_id, id: input.identity.derivedId(run.run_id, of.phase, one.kind) }))
}

function captionOf(outcome: Json): Caption {
  if (typeof outcome !== 'object' || outcome === null || Array.isArray(outcome)) return {}
  const { label, task } = outcome as { label?: Json; task?: Json }
  const named = typeof label === 'object' && label !== null && !Array.isArray(label) ? (label as { name?: Json }).name : label
  return { ...(typeof named === 'string' ? { label: named } : {}), ...(typeof task === 'string' ? { task } : {}) }
}

