import type { Asked } from './command.ts'
import type { NewDeploymentEvent } from './deployment.ts'
import type { Result } from './errors.ts'
import type { Hash } from './hash.ts'
import type { ModelCommand, ModelStanding, NewModelEvent } from './model-standing.ts'

/** Where an event stands in the log. */
export interface EventPlace {
  readonly stream: string
  readonly seq: number
  readonly hash: Hash
}

/** An event of a model, or of one of its deployments. */
export type ModelChange =
  | (EventPlace & { readonly of: 'model'; readonly event: NewModelEvent })
  | (EventPlace & { readonly of: 'deployment'; readonly deployment_id: string; readonly event: NewDeploymentEvent })

/** Standings of models and what happened to them, out of the log. */
export interface RegistryStore {
  /** Decides on the present standing and appends; where somebody else was first, decides again. */
  execute(modelId: string, command: ModelCommand, asked: Asked): Promise<Result<ModelStanding>>
  /** By model id; a model of which nothing was decided is not among them. */
  standings(modelIds: readonly string[]): Promise<Map<string, ModelStanding>>
  /** All that happened to a model and its deployments, deleted ones too, in the order of time. */
  changes(modelId: string): Promise<ModelChange[]>
  /** Where each event of a run stands, by its number. */
  placesOfRun(runId: string): Promise<EventPlace[]>
}
