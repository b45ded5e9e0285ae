import { SignalboxError, type ErrorCode, type Refusal } from '#core/errors'
import { engineActor, type Actor } from '#core/event'
import type { Command } from '#core/command'
import { nextStep, type NextStep } from '#core/next-step'
import { isStarted, type StartedRun } from '#core/run'
import type { EngineInput } from './ports.ts'
import { isSkippedAgain } from './replay.ts'
import { replayActor } from './replay-decision.ts'
import { applyStep, proposeStep, type Observation } from './steps.ts'

/** Whether the run may be owed more: `again` looks once more, `rest` leaves it to a later wake-up. */
export type Advanced = 'again' | 'rest'

type Computing = Extract<NextStep, { kind: 'propose' | 'apply' }>

/** Moves one run one step. Whatever was computed is written only where the run still stands where the step began. */
export async function advance(input: EngineInput, runId: string, observed: Observation): Promise<Advanced> {
  const loaded = await input.store.load(runId)
  if (loaded === undefined || !isStarted(loaded.run)) return 'rest'
  const step = nextStep(loaded.run)
  if (step.kind === 'wait' || step.kind === 'nothing') return 'rest'
  const at = { run: loaded.run, seq: loaded.seq }
  if (step.kind === 'begin') return record(input, at, { command: { kind: 'begin', phase: step.phase } })
  return compute(input, at, { step, observed })
}

interface Place {
  readonly run: StartedRun
  readonly seq: number
}

interface Written {
  readonly command: Command
  readonly caption?: { label?: string | null; task?: string | null }
  readonly actor?: Actor
}

async function record(input: EngineInput, at: Place, { actor = engineActor, ...written }: Written): Promise<Advanced> {
  const asked = { actor, now: input.clock.now() }
  const done = await input.store.execute({ run_id: at.run.run_id, asked, expected_seq: at.seq, ...written })
  if (!done.ok && done.refusal.code !== 'WRITE_CONFLICT') throw SignalboxError.of(done.refusal)
  return 'again'
}

async function compute(input: EngineInput, at: Place, { step, observed }: { step: Computing; observed: Observation }): Promise<Advanced> {
  if (step.kind === 'propose' && (await isSkippedAgain(at.run, step.phase, input.blobs))) return record(input, at, { command: { kind: 'skip' }, actor: replayActor })
  const began = input.clock.seconds()
  const result = await attempt(input, at.run, { step, observed })
  if (observed.signal.aborted) return 'again'
  const seconds = input.clock.seconds() - began
  await input.store.timed(at.run.run_id, { phase: step.phase, step: step.kind, seconds })
  if ('refusal' in result) return fail(input, at, { step, refusal: result.refusal })
  return record(input, at, result)
}

/** Tries a step up to three times: a fault may pass, a refusal does not. */
async function attempt(input: EngineInput, run: StartedRun, { step, observed }: { step: Computing; observed: Observation }) {
  for (let left = 2; ; left--) {
    try {
      const work = () => (step.kind === 'propose' ? proposeStep(input, run, { phase: step.phase, ...observed }) : applyStep(input, run, { made: step.made, ...observed }))
      const done = await input.store.whileWritingBlobs(work)
      return done.ok ? done.value : { refusal: done.refusal }
    } catch (error) {
      if (observed.signal.aborted) return { refusal: refusalOf(error) }
      if (input.store.isConnectionLoss(error)) throw error
      input.log({ run_id: run.run_id, text: `${step.kind} of ${step.phase} failed, ${left} tries left`, error })
      if (left === 0 || isFinal(error)) return { refusal: refusalOf(error) }
    }
  }
}

function isFinal(error: unknown): boolean {
  return error instanceof SignalboxError && error.code !== 'COMPUTE_FAILED'
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof SignalboxError) return error.refusal()
  const message = 'A step of this phase failed unexpectedly, three times.'
  return new SignalboxError({ code: 'COMPUTE_FAILED', message }).refusal()
}

/** Faults that may be gone at the next try with the same decision. */
const passing: ReadonlySet<ErrorCode> = new Set(['COMPUTE_FAILED', 'COMPUTE_MEMORY_LIMIT', 'BLOB_MISSING', 'INTERNAL'])

async function fail(input: EngineInput, at: Place, { step, refusal }: { step: Computing; refusal: Refusal }): Promise<Advanced> {
  const error = await input.blobs.put({ message: refusal.message, suggestion: refusal.suggestion, detail: refusal.detail ?? null })
  const again = step.kind === 'apply' && passing.has(refusal.code) ? 'apply' : 'propose'
  return record(input, at, { command: { kind: 'fail', phase: step.phase, code: refusal.code, error, again } })
}
