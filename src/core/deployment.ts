import { z } from 'zod'
import type { Actor } from './event.ts'
import { hashSchema, type Hash } from './hash.ts'

/** A model version that answers, or may answer once it is active. */
export interface Deployment {
  readonly deployment_id: string
  readonly team_id: string
  readonly model_id: string
  readonly version_id: string
  /** The run that published it, or null where it was made by hand. */
  readonly run_id: string | null
  readonly active: boolean
  /** From which probability on a row is called positive; null where the model's own holds. */
  readonly threshold: number | null
  /** When it was stopped, and by whom; null while it is not. Active or not, a stopped one predicts nothing. */
  readonly stopped_at: string | null
  readonly stopped_by: string | null
  /** Answered in place of a prediction while it is stopped: a class, or a number; null where nothing is to be answered. */
  readonly fallback: string | number | null
  /** Blob of what the run published. */
  readonly content: Hash | null
  readonly created_by: string
  readonly created_at: string
  readonly deleted_at: string | null
}

const threshold = z.number().min(0).max(1).nullable()

export const fallbackSchema = z.union([z.number(), z.string().min(1).max(1_000)])

/** The payload of every event of a deployment, by type. Descriptions of keys are free text, so they are not in the chain. */
export const deploymentEventPayloads = {
  'deployment-created': z.strictObject({
    team_id: z.uuid(),
    model_id: z.uuid(),
    version_id: z.uuid(),
    run_id: z.uuid().nullable(),
    active: z.boolean(),
    threshold,
    content: hashSchema.nullable(),
  }),
  'deployment-activated': z.strictObject({ version_id: z.uuid() }),
  'deployment-deactivated': z.strictObject({}),
  'deployment-repointed': z.strictObject({ version_id: z.uuid(), threshold }),
  'deployment-deleted': z.strictObject({}),
  /** `reason` is the blob of the text that was given. */
  'deployment-stopped': z.strictObject({ reason: hashSchema.nullable() }),
  'deployment-resumed': z.strictObject({ reason: hashSchema.nullable() }),
  'deployment-fallback-set': z.strictObject({ fallback: fallbackSchema.nullable() }),
  'deploy-key-added': z.strictObject({ key_id: z.uuid(), expires_at: z.iso.datetime() }),
  'deploy-key-revoked': z.strictObject({ key_id: z.uuid() }),
} as const

export type DeploymentEventType = keyof typeof deploymentEventPayloads
type Payload<T extends DeploymentEventType> = z.infer<(typeof deploymentEventPayloads)[T]>

export type NewDeploymentEvent = {
  [T in DeploymentEventType]: { type: T; actor: Actor; at: string; payload: Payload<T> }
}[DeploymentEventType]

/** The state after one more event; null before the first. */
export function evolveDeployment(before: Deployment | null, event: NewDeploymentEvent, deploymentId: string): Deployment {
  if (event.type === 'deployment-created') {
    const made = { deployment_id: deploymentId, created_by: event.actor.name, created_at: event.at, deleted_at: null, stopped_at: null, stopped_by: null, fallback: null }
    return { ...made, ...event.payload }
  }
  if (before === null) throw new Error(`${event.type} before deployment-created`)
  switch (event.type) {
    case 'deployment-activated':
      return { ...before, active: true }
    case 'deployment-deactivated':
      return { ...before, active: false }
    case 'deployment-repointed':
      return { ...before, ...event.payload }
    case 'deployment-deleted':
      return { ...before, active: false, deleted_at: event.at }
    case 'deployment-stopped':
      return { ...before, stopped_at: event.at, stopped_by: event.actor.name }
    case 'deployment-resumed':
      return { ...before, stopped_at: null, stopped_by: null }
    case 'deployment-fallback-set':
      return { ...before, ...event.payload }
    case 'deploy-key-added':
    case 'deploy-key-revoked':
      return before
  }
}
