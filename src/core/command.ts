import type { Actor } from './event.ts'
import type { Hash } from './hash.ts'
import type { PhaseName } from './phase-names.ts'
import type { Publication } from './publication.ts'
import type { RunSettings } from './run-settings.ts'

/** What a decision answers and what was read from it, both as blobs. */
export interface Answered {
  readonly answer: Hash
  readonly decision: Hash
}

/** What is decided in the same breath as it is proposed. */
export interface Taken extends Answered {
  /** Who decides; the policy of the run where it is not said. */
  readonly actor?: Actor
  /** False proposes again with this draft applied. */
  readonly closes?: boolean
  readonly replays?: string
}

/** What a run starts with; `dataset` is the hash of the description of the stored table. */
export interface Start {
  readonly settings: RunSettings
  readonly texts: Hash
  readonly dataset_id: string
  readonly dataset: Hash
}

/** What may be asked of a run that was started. */
export type StartedCommand =
  | { readonly kind: 'begin'; readonly phase: PhaseName }
  | {
      readonly kind: 'open'
      readonly phase: PhaseName
      readonly decision_id: string
      readonly proposal: Hash
      readonly options: number
      /** What the policy takes at once where the phase is not gated. */
      readonly taken: Taken | null
      /** Why a retrain asks. */
      readonly why?: Hash
    }
  | {
      readonly kind: 'answer'
      readonly decision_type: PhaseName
      readonly decision_id?: string | undefined
      readonly revision?: number | undefined
      readonly answered: Answered
      readonly closes: boolean
      readonly skips: boolean
    }
  | { readonly kind: 'expire'; readonly decision_id: string; readonly fallback: Answered | null }
  | { readonly kind: 'reach'; readonly phase: PhaseName; readonly outcome: Hash; readonly publishes: readonly Publication[]; readonly comparison?: Hash }
  | { readonly kind: 'skip' }
  | { readonly kind: 'fail'; readonly phase: PhaseName; readonly code: string; readonly error: Hash; readonly again: 'propose' | 'apply' }
  | { readonly kind: 'resume' }

/** Everything that may be asked of a run. */
export type Command =
  | {
      readonly kind: 'create'
      readonly run_id: string
      readonly team_id: string
      readonly dataset_id: string | null
      readonly texts: Hash
      readonly parent_run_id: string | null
      /** Starts it in the same breath. */
      readonly start: Start | null
    }
  | ({ readonly kind: 'start' } & Start)
  | { readonly kind: 'cancel' }
  | { readonly kind: 'delete' }
  | StartedCommand

export type CommandOf<K extends Command['kind']> = Extract<Command, { kind: K }>

/** Who asks, and when; both handed in so that deciding stays pure. */
export interface Asked {
  readonly actor: Actor
  readonly now: string
}
