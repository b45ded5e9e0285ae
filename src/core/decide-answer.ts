import type { Asked, CommandOf } from './command.ts'
import { accept, refuse, type Result } from './errors.ts'
import type { NewRunEvent } from './event.ts'
import { isEnded, type OpenDecision, type StartedRun } from './run.ts'
import { skipEvents } from './skip-events.ts'

/**
 * Answers a decision. Addressed by id and revision, a repeat of the same answer changes nothing and a different one is
 * refused; addressed by type alone, it answers the open decision of that type.
 */
export function decideAnswer(run: StartedRun, command: CommandOf<'answer'>, asked: Asked): Result<NewRunEvent[]> {
  const repeated = repeatOf(run, command)
  if (repeated !== null) return repeated
  const found = openFor(run, command)
  if (!found.ok) return found
  const { phase, decision_id, revision, proposal } = found.value
  const made: NewRunEvent = {
    type: 'decision-made',
    actor: asked.actor,
    at: asked.now,
    payload: { phase, decision_id, revision, proposal, ...command.answered, closes: command.closes },
  }
  return accept(command.skips ? [made, ...skipEvents(run, phase, asked)] : [made])
}

function repeatOf(run: StartedRun, command: CommandOf<'answer'>): Result<NewRunEvent[]> | null {
  if (command.decision_id === undefined) return null
  const before = run.decisions.find((made) => made.decision_id === command.decision_id)
  if (before === undefined) return null
  const same = before.phase === command.decision_type && before.answer === command.answered.answer
  if (same && (command.revision === undefined || command.revision === before.revision)) return accept([])
  return refuse('DECISION_ALREADY_MADE', `This decision was made at ${before.at} by ${before.actor.name}, with a different answer.`)
}

function openFor(run: StartedRun, command: CommandOf<'answer'>): Result<OpenDecision> {
  if (run.status !== 'waiting_input') return refuse('DECISION_NOT_OPEN', notWaiting(run, command.decision_type))
  const { open } = run
  if (open.phase !== command.decision_type) {
    return refuse('DECISION_NOT_OPEN', `The open decision is ${open.phase}, not ${command.decision_type}.`)
  }
  if (command.decision_id !== undefined && command.decision_id !== open.decision_id) {
    return refuse('DECISION_STALE', `The open decision of ${open.phase} is ${open.decision_id} (revision ${open.revision}), not ${command.decision_id}.`)
  }
  if (command.revision !== undefined && command.revision !== open.revision) {
    return refuse('DECISION_STALE', `The open decision of ${open.phase} is at revision ${open.revision}, not ${command.revision}.`)
  }
  return accept(open)
}

function notWaiting(run: StartedRun, phase: string): string {
  if (isEnded(run)) return `The run is ${run.status}; it takes no more decisions.`
  if (run.status === 'paused') return `The run is paused, so ${phase} cannot be answered; resume the run first.`
  return `The run is ${run.status}; no decision of ${phase} is open.`
}
