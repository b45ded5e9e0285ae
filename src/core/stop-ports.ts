import type { Asked } from './command.ts'
import type { Actor } from './event.ts'
import type { Hash } from './hash.ts'

/** The stop of everything that a team has deployed. */
export interface TeamStop {
  readonly at: string
  readonly by: string
}

/** One press of a stop button, or of the one that takes it back. */
export interface StopPress {
  /** Null where everything was meant. */
  readonly deployment_id: string | null
  readonly stops: boolean
  readonly actor: Actor
  readonly at: string
  /** Blob of the text that was given. */
  readonly reason: Hash | null
}

export interface StopStore {
  /** How the team stands; null where it is not stopped. */
  ofTeam(teamId: string): Promise<TeamStop | null>
  /** Stops everything of a team, or takes that back; what is so already stays, without an event. */
  press(teamId: string, press: { readonly stops: boolean; readonly reason: Hash | null }, asked: Asked): Promise<TeamStop | null>
  /** Presses of the team and of its deployments, the newest first. */
  presses(teamId: string, limit: number): Promise<StopPress[]>
}
