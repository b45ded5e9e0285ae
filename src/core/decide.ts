import type { Asked, Command, CommandOf, Start, StartedCommand } from './command.ts'
import { decideAnswer } from './decide-answer.ts'
import { decideExpire, decideOpen } from './decide-open.ts'
import { accept, refuse, type Result } from './errors.ts'
import type { NewRunEvent } from './event.ts'
import { deadline } from './deadline.ts'
import { nextStep } from './next-step.ts'
import type { PhaseName } from './phase-names.ts'
import { isEnded, isStarted, phaseRecord, type Run, type StartedRun } from './run.ts'
import { skipEvents, withEnd } from './skip-events.ts'

/**
 * What a command does to a run: the events to append, none where it was already done, or a refusal.
 * Pure: the same run, command, actor and time give the same events.
 */
export function decide(run: Run | null, command: Command, asked: Asked): Result<NewRunEvent[]> {
  const { actor, now: at } = asked
  if (command.kind === 'create') {
    if (run !== null) return refuse('WRITE_CONFLICT', `run ${command.run_id} exists already`)
    const { team_id, dataset_id, texts, parent_run_id } = command
    const created: NewRunEvent = { type: 'run-created', actor, at, payload: { team_id, dataset_id, texts, parent_run_id } }
    return accept(command.start === null ? [created] : [created, startedBy(command.start, asked)])
  }
  if (run === null) return refuse('NOT_FOUND', 'There is no such run.')
  switch (command.kind) {
    case 'start':
      return decideStart(run, command, asked)
    case 'cancel':
      return decideCancel(run, asked)
    case 'delete':
      if (!isEnded(run)) return refuse('RUN_NOT_ENDED', `The run is ${run.status}; only a run that has ended can be deleted.`)
      return accept([{ type: 'run-deleted', actor, at, payload: {} }])
    default:
      return isStarted(run) ? decideStarted(run, command, asked) : notStarted(run, command)
  }
}

function notStarted(run: Run, command: Command): Result<NewRunEvent[]> {
  if (command.kind === 'skip') return refuse('NOTHING_TO_SKIP', `The run is ${run.status} and has not been started.`)
  if (command.kind === 'resume') return refuse('NOT_PAUSED', `The run is ${run.status} and has not been started.`)
  return refuse('DECISION_NOT_OPEN', `The run is ${run.status} and has not been started; no decision is open.`)
}

function decideStarted(run: StartedRun, command: StartedCommand, asked: Asked): Result<NewRunEvent[]> {
  switch (command.kind) {
    case 'begin':
      return decideBegin(run, command.phase, asked)
    case 'open':
      return decideOpen(run, command, asked)
    case 'answer':
      return decideAnswer(run, command, asked)
    case 'expire':
      return decideExpire(run, command, asked)
    case 'reach':
      return decideReach(run, command, asked)
    case 'skip':
      return decideSkip(run, asked)
    case 'fail':
      return decideFail(run, command, asked)
    case 'resume':
      return decideResume(run, asked)
  }
}

function decideStart(run: Run, command: CommandOf<'start'>, asked: Asked): Result<NewRunEvent[]> {
  if (isStarted(run)) return refuse('RUN_ALREADY_STARTED', `The run was started at ${run.started_at} and is ${run.status}.`)
  if (run.status === 'cancelled') return refuse('RUN_ENDED', 'The run was cancelled before it started.')
  return accept([startedBy(command, asked)])
}

function startedBy({ settings, texts, dataset_id, dataset }: Start, { actor, now }: Asked): NewRunEvent {
  return { type: 'run-started', actor, at: now, payload: { settings, texts, dataset_id, dataset } }
}

function decideCancel(run: Run, asked: Asked): Result<NewRunEvent[]> {
  if (run.status === 'cancelled') return accept([])
  if (isEnded(run)) return refuse('RUN_ENDED', `The run is ${run.status} and can no longer be cancelled.`)
  return accept([{ type: 'run-cancelled', actor: asked.actor, at: asked.now, payload: {} }])
}

/** A worker that comes late finds that the step is no longer owed. */
function late(run: StartedRun, doing: string): Result<NewRunEvent[]> {
  return refuse('WRITE_CONFLICT', `The run is ${run.status}; ${doing} is no longer owed.`)
}

function decideBegin(run: StartedRun, phase: PhaseName, asked: Asked): Result<NewRunEvent[]> {
  const owed = nextStep(run)
  if (owed.kind !== 'begin' || owed.phase !== phase) return late(run, `the start of ${phase}`)
  const attempt = phaseRecord(run, phase).attempt + 1
  return accept([{ type: 'phase-started', actor: asked.actor, at: asked.now, payload: { phase, attempt } }])
}

function decideReach(run: StartedRun, command: CommandOf<'reach'>, asked: Asked): Result<NewRunEvent[]> {
  const owed = nextStep(run)
  if (owed.kind !== 'apply' || owed.phase !== command.phase) return late(run, `the outcome of ${command.phase}`)
  const { phase, outcome, publishes, comparison } = command
  const payload = { phase, outcome, publishes: [...publishes], ...(comparison === undefined ? {} : { comparison }) }
  const reached: NewRunEvent = { type: 'outcome-reached', actor: asked.actor, at: asked.now, payload }
  return accept(withEnd(run, { event: reached, over: [phase] }))
}

function decideSkip(run: StartedRun, asked: Asked): Result<NewRunEvent[]> {
  if (run.status !== 'running' && run.status !== 'waiting_input') return refuse('NOTHING_TO_SKIP', `The run is ${run.status}; no phase is open or computing.`)
  const owed = nextStep(run)
  const phase = owed.kind === 'begin' ? owed.phase : run.current
  return accept(skipEvents(run, phase, asked))
}

function decideFail(run: StartedRun, command: CommandOf<'fail'>, asked: Asked): Result<NewRunEvent[]> {
  const owed = nextStep(run)
  if ((owed.kind !== 'propose' && owed.kind !== 'apply') || owed.phase !== command.phase) return late(run, `the failure of ${command.phase}`)
  const { phase, code, error, again } = command
  return accept([{ type: 'phase-failed', actor: asked.actor, at: asked.now, payload: { phase, code, error, again } }])
}

function decideResume(run: StartedRun, asked: Asked): Result<NewRunEvent[]> {
  if (run.status !== 'paused' && run.status !== 'failed') return refuse('NOT_PAUSED', `The run is ${run.status}; only a paused or failed run can be resumed.`)
  const waitsOn = run.status === 'paused' && run.open !== null
  return accept([{ type: 'run-resumed', actor: asked.actor, at: asked.now, payload: { expires_at: waitsOn ? deadline(run, asked.now) : null } }])
}
