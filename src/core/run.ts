import type { Actor } from './event.ts'
import type { Hash } from './hash.ts'
import type { PhaseName, PhaseStatus } from './phase-names.ts'
import type { Publication } from './publication.ts'
import type { RunSettings } from './run-settings.ts'

/** A decision that waits for an answer. */
export interface OpenDecision {
  readonly phase: PhaseName
  readonly decision_id: string
  readonly revision: number
  readonly proposal: Hash
  readonly options: number
  readonly opened_at: string
  readonly expires_at: string | null
  /** Why a retrain asks. */
  readonly why?: Hash
}

/** A decision that was made, with everything needed to answer a repeat of it as the first time. */
export interface MadeDecision {
  readonly phase: PhaseName
  readonly decision_id: string
  readonly revision: number
  readonly proposal: Hash
  readonly answer: Hash
  readonly decision: Hash
  readonly closes: boolean
  /** The decision of the parent run that it repeats. */
  readonly replays?: string
  readonly actor: Actor
  readonly at: string
}

export interface PhaseRecord {
  readonly phase: PhaseName
  readonly status: PhaseStatus
  readonly attempt: number
  /** How often it has put a card before somebody. */
  readonly revision: number
  readonly started_at: string | null
  readonly completed_at: string | null
  readonly outcome: Hash | null
  /** How a retrain's outcome stands against its parent's. */
  readonly comparison?: Hash
  readonly error: { readonly code: string; readonly text: Hash } | null
}

interface RunIdentity {
  readonly run_id: string
  readonly team_id: string
  readonly texts: Hash
  readonly parent_run_id: string | null
  readonly created_at: string
  readonly created_by: Actor
}

interface RunProgress extends RunIdentity {
  readonly dataset_id: string
  readonly dataset: Hash
  readonly settings: RunSettings
  readonly started_at: string
  readonly phases: readonly PhaseRecord[]
  readonly decisions: readonly MadeDecision[]
  readonly published: readonly Publication[]
}

/** Opened, perhaps on a dataset already, not started. */
export interface OpenedRun extends RunIdentity { readonly status: 'queued'; readonly dataset_id: string | null; readonly started_at: null }
/** Started; no worker has begun its first phase. */
export interface QueuedRun extends RunProgress { readonly status: 'queued' }
/** `made` is the closing or revising decision of the current phase that is not yet applied. */
export interface RunningRun extends RunProgress { readonly status: 'running'; readonly current: PhaseName; readonly made: MadeDecision | null }
export interface WaitingRun extends RunProgress { readonly status: 'waiting_input'; readonly current: PhaseName; readonly open: OpenDecision }
/** Stopped by a deadline: with `made` it goes on by applying it, with `open` the decision still waits. */
export interface PausedRun extends RunProgress { readonly status: 'paused'; readonly current: PhaseName; readonly made: MadeDecision | null; readonly open: OpenDecision | null }
export interface CompletedRun extends RunProgress { readonly status: 'completed'; readonly completed_at: string }
/** With `made` a resume applies that decision again, without it the phase proposes again. */
export interface FailedRun extends RunProgress { readonly status: 'failed'; readonly current: PhaseName; readonly made: MadeDecision | null; readonly completed_at: string }
export interface CancelledRun extends RunProgress { readonly status: 'cancelled'; readonly completed_at: string }
/** Cancelled before it was started. */
export interface AbandonedRun extends RunIdentity { readonly status: 'cancelled'; readonly dataset_id: string | null; readonly started_at: null; readonly completed_at: string }

export type StartedRun = QueuedRun | RunningRun | WaitingRun | PausedRun | CompletedRun | FailedRun | CancelledRun
export type Run = OpenedRun | AbandonedRun | StartedRun

/** Narrows to a run that was started and so has settings and phases. */
export function isStarted(run: Run): run is StartedRun {
  return run.started_at !== null
}

export function isEnded(run: Run): run is CompletedRun | FailedRun | CancelledRun | AbandonedRun {
  return run.status === 'completed' || run.status === 'failed' || run.status === 'cancelled'
}

/** The record of one planned phase. */
export function phaseRecord(run: StartedRun, phase: PhaseName): PhaseRecord {
  const record = run.phases.find((candidate) => candidate.phase === phase)
  if (record === undefined) throw new Error(`${phase} is not in the plan of run ${run.run_id}`)
  return record
}

/** The first planned phase that has not begun. */
export function firstPending(phases: readonly PhaseRecord[]): PhaseName | undefined {
  return phases.find((record) => record.status === 'pending')?.phase
}
