import type { NewRunEvent, RunEventPayload } from './event.ts'
import type { PhaseName, PhaseStatus } from './phase-names.ts'
import { isStarted, type MadeDecision, type OpenDecision, type PhaseRecord, type Run, type StartedRun } from './run.ts'

type EventOf<T extends NewRunEvent['type']> = Extract<NewRunEvent, { type: T }>

/** The state after one more event. Total over every log that `decide` can write; throws on any other. */
export function evolve(run: Run | null, event: NewRunEvent, runId: string): Run {
  if (event.type === 'run-created') return created(event, runId)
  if (run === null) throw new Error(`${event.type} before run-created`)
  if (event.type === 'run-started') return started(run, event)
  if (event.type === 'run-cancelled') return cancelled(run, event)
  if (event.type === 'run-deleted') return run
  if (!isStarted(run)) throw new Error(`${event.type} on a run that was not started`)
  return evolveStarted(run, event)
}

function evolveStarted(run: StartedRun, event: Exclude<NewRunEvent, EventOf<'run-created' | 'run-started' | 'run-cancelled' | 'run-deleted'>>): Run {
  switch (event.type) {
    case 'phase-started':
      return {
        ...progress(run),
        status: 'running',
        current: event.payload.phase,
        made: null,
        phases: changed(run, event.payload.phase, { status: 'running', attempt: event.payload.attempt, started_at: event.at, error: null, completed_at: null }),
      }
    case 'decision-opened':
      return opened(run, event)
    case 'decision-made':
      return made(run, event)
    case 'outcome-reached':
      return {
        ...progress(run),
        status: 'running',
        current: event.payload.phase,
        made: null,
        published: [...run.published, ...event.payload.publishes],
        phases: changed(run, event.payload.phase, reached(event)),
      }
    case 'phase-skipped':
      return skipped(run, event)
    case 'phase-failed':
      return failed(run, event)
    case 'run-paused':
      return paused(run)
    case 'run-resumed':
      return resumed(run, event.payload)
    case 'run-completed':
      return { ...progress(run), status: 'completed', completed_at: event.at }
  }
}

function reached({ at, payload: { outcome, comparison } }: EventOf<'outcome-reached'>): Partial<PhaseRecord> {
  return { status: 'completed', outcome, completed_at: at, ...(comparison === undefined ? {} : { comparison }) }
}

/** The part of a started run that every status shares. */
function progress(run: StartedRun) {
  const { run_id, team_id, dataset_id, dataset, texts, parent_run_id, created_at, created_by, settings, started_at, phases, decisions, published } = run
  return { run_id, team_id, dataset_id, dataset, texts, parent_run_id, created_at, created_by, settings, started_at, phases, decisions, published }
}

function created(event: EventOf<'run-created'>, run_id: string): Run {
  return { run_id, ...event.payload, created_at: event.at, created_by: event.actor, status: 'queued', started_at: null }
}

function started(run: Run, event: EventOf<'run-started'>): Run {
  const { run_id, team_id, parent_run_id, created_at, created_by } = run
  const phases = event.payload.settings.plan.map((phase): PhaseRecord => ({
    phase,
    status: 'pending',
    attempt: 0,
    revision: 0,
    started_at: null,
    completed_at: null,
    outcome: null,
    error: null,
  }))
  const { settings, texts, dataset_id, dataset } = event.payload
  const base = { run_id, team_id, dataset_id, dataset, parent_run_id, created_at, created_by, settings, texts, phases }
  return { ...base, status: 'queued', started_at: event.at, decisions: [], published: [] }
}

function changed(run: StartedRun, phase: PhaseName, change: Partial<PhaseRecord>): PhaseRecord[] {
  return run.phases.map((record) => (record.phase === phase ? { ...record, ...change } : record))
}

function opened(run: StartedRun, event: EventOf<'decision-opened'>): Run {
  const open: OpenDecision = { ...event.payload, opened_at: event.at }
  const phases = changed(run, open.phase, { status: 'waiting_input', revision: open.revision })
  return { ...progress(run), status: 'waiting_input', current: open.phase, open, phases }
}

function made(run: StartedRun, event: EventOf<'decision-made'>): Run {
  const decision: MadeDecision = { ...event.payload, actor: event.actor, at: event.at }
  return {
    ...progress(run),
    status: 'running',
    current: decision.phase,
    made: decision.closes ? decision : null,
    decisions: [...run.decisions, decision],
    phases: changed(run, decision.phase, { status: 'running' }),
  }
}

function skipped(run: StartedRun, event: EventOf<'phase-skipped'>): Run {
  const gone = new Set<PhaseName>([event.payload.phase, ...event.payload.also])
  const phases = run.phases.map((record) => (gone.has(record.phase) ? { ...record, status: 'skipped' as const, completed_at: event.at } : record))
  return { ...progress(run), status: 'running', current: event.payload.phase, made: null, phases }
}

function failed(run: StartedRun, event: EventOf<'phase-failed'>): Run {
  const { phase, code, error, again } = event.payload
  const kept = again === 'apply' && run.status === 'running' ? run.made : null
  const phases = changed(run, phase, { status: 'failed', error: { code, text: error }, completed_at: event.at })
  return { ...progress(run), status: 'failed', current: phase, made: kept, completed_at: event.at, phases }
}

function cancelled(run: Run, event: EventOf<'run-cancelled'>): Run {
  if (!isStarted(run)) return { ...run, status: 'cancelled', completed_at: event.at }
  const over: readonly PhaseStatus[] = ['completed', 'skipped', 'failed']
  const phases = run.phases.map((record) => (over.includes(record.status) ? record : { ...record, status: 'cancelled' as const, completed_at: event.at }))
  return { ...progress(run), status: 'cancelled', completed_at: event.at, phases }
}

function paused(run: StartedRun): Run {
  if (run.status === 'waiting_input') return { ...progress(run), status: 'paused', current: run.current, made: null, open: run.open }
  if (run.status === 'running') return { ...progress(run), status: 'paused', current: run.current, made: run.made, open: null }
  throw new Error(`run-paused on a run that is ${run.status}`)
}

function resumed(run: StartedRun, payload: RunEventPayload<'run-resumed'>): Run {
  if (run.status === 'paused' && run.open !== null) {
    return { ...progress(run), status: 'waiting_input', current: run.current, open: { ...run.open, expires_at: payload.expires_at } }
  }
  if (run.status === 'paused') return { ...progress(run), status: 'running', current: run.current, made: run.made }
  if (run.status !== 'failed') throw new Error(`run-resumed on a run that is ${run.status}`)
  const status: PhaseStatus = run.made === null ? 'pending' : 'running'
  const phases = changed(run, run.current, { status, error: null, completed_at: null })
  return { ...progress(run), status: 'running', current: run.current, made: run.made, phases }
}

/** The state of a whole log. */
export function fold(events: readonly NewRunEvent[], runId: string): Run | null {
  let run: Run | null = null
  for (const event of events) run = evolve(run, event, runId)
  return run
}
