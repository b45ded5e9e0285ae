import type { Asked, CommandOf } from './command.ts'
import { deadline } from './deadline.ts'
import { accept, refuse, type Result } from './errors.ts'
import type { Actor, NewRunEvent } from './event.ts'
import { nextStep } from './next-step.ts'
import { phaseRecord, type StartedRun } from './run.ts'

/** The policy of a run that takes what is recommended. */
const recommendedActor: Actor = { kind: 'policy', name: 'recommended' }

/** Puts a proposal before whoever decides; where the phase is not gated, the policy has decided in the same breath. */
export function decideOpen(run: StartedRun, command: CommandOf<'open'>, asked: Asked): Result<NewRunEvent[]> {
  const { phase, decision_id, proposal, options, taken, why } = command
  const owed = nextStep(run)
  if (owed.kind !== 'propose' || owed.phase !== phase) return refuse('WRITE_CONFLICT', `The run is ${run.status}; a proposal of ${phase} is no longer owed.`)
  const revision = phaseRecord(run, phase).revision + 1
  const expires_at = taken === null ? deadline(run, asked.now) : null
  const opened: NewRunEvent = { type: 'decision-opened', actor: asked.actor, at: asked.now, payload: { phase, decision_id, revision, proposal, options, expires_at, ...(why === undefined ? {} : { why }) } }
  if (taken === null) return accept([opened])
  const { actor = recommendedActor, closes = true, ...answered } = taken
  const payload = { phase, decision_id, revision, proposal, ...answered, closes }
  return accept([opened, { type: 'decision-made', actor, at: asked.now, payload }])
}

/** Resolves an open decision whose deadline has passed to its default and pauses the run; without a default it stays open. */
export function decideExpire(run: StartedRun, command: CommandOf<'expire'>, asked: Asked): Result<NewRunEvent[]> {
  if (run.status !== 'waiting_input' || run.open.decision_id !== command.decision_id) return accept([])
  const { expires_at } = run.open
  if (expires_at === null || Date.parse(expires_at) > Date.parse(asked.now)) return accept([])
  const actor = { kind: 'timeout', name: 'timeout' } as const
  if (command.fallback === null) return accept([{ type: 'run-paused', actor, at: asked.now, payload: { reason: 'deadline-without-default' } }])
  const { phase, decision_id, revision, proposal } = run.open
  return accept([
    { type: 'decision-made', actor, at: asked.now, payload: { phase, decision_id, revision, proposal, ...command.fallback, closes: true } },
    { type: 'run-paused', actor, at: asked.now, payload: { reason: 'deadline-passed' } },
  ])
}
