import { firstPending, isStarted, type MadeDecision, type Run } from './run.ts'
import type { PhaseName } from './phase-names.ts'

/** What a run is owed next. Everything but `nothing` and `wait` needs a worker. */
export type NextStep =
  | { readonly kind: 'begin'; readonly phase: PhaseName }
  | { readonly kind: 'propose'; readonly phase: PhaseName }
  | { readonly kind: 'apply'; readonly phase: PhaseName; readonly made: MadeDecision }
  | { readonly kind: 'wait'; readonly until: string | null }
  | { readonly kind: 'nothing' }

/** Says what the run is owed, from its state alone. */
export function nextStep(run: Run): NextStep {
  if (!isStarted(run)) return { kind: 'nothing' }
  switch (run.status) {
    case 'queued': {
      const phase = firstPending(run.phases)
      return phase === undefined ? { kind: 'nothing' } : { kind: 'begin', phase }
    }
    case 'running': {
      if (run.made?.closes) return { kind: 'apply', phase: run.made.phase, made: run.made }
      const record = run.phases.find((candidate) => candidate.phase === run.current)
      if (record?.status === 'running') return { kind: 'propose', phase: run.current }
      const phase = firstPending(run.phases)
      return phase === undefined ? { kind: 'nothing' } : { kind: 'begin', phase }
    }
    case 'waiting_input':
      return { kind: 'wait', until: run.open.expires_at }
    case 'paused':
    case 'completed':
    case 'failed':
    case 'cancelled':
      return { kind: 'nothing' }
  }
}

/** Whether a worker has something to do for the run. */
export function isOwed(run: Run): boolean {
  const { kind } = nextStep(run)
  return kind === 'begin' || kind === 'propose' || kind === 'apply'
}
