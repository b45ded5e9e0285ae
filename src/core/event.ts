import { z } from 'zod'
import { hashSchema } from './hash.ts'
import { phaseNameSchema } from './phase-names.ts'
import { publicationSchema } from './publication.ts'
import { runSettingsSchema } from './run-settings.ts'

const at = z.iso.datetime()

/** Who did it: a key by its name, the policy of the run, a deadline, or the engine itself. */
export const actorSchema = z.strictObject({
  kind: z.enum(['key', 'policy', 'timeout', 'engine']),
  name: z.string().min(1).max(200),
})
export type Actor = z.infer<typeof actorSchema>

export const engineActor: Actor = { kind: 'engine', name: 'engine' }

const refusalCode = z.string().regex(/^[A-Z_]+$/)

/** The payload of every event of a run, by type. Payloads hold references and numbers, never rows or free text. */
export const runEventPayloads = {
  'run-created': z.strictObject({ team_id: z.uuid(), dataset_id: z.uuid().nullable(), texts: hashSchema, parent_run_id: z.uuid().nullable() }),
  /** `dataset` is the content hash of the description of the stored table. */
  'run-started': z.strictObject({ settings: runSettingsSchema, texts: hashSchema, dataset_id: z.uuid(), dataset: hashSchema }),
  'phase-started': z.strictObject({ phase: phaseNameSchema, attempt: z.int().min(1) }),
  'decision-opened': z.strictObject({
    phase: phaseNameSchema,
    decision_id: z.uuid(),
    revision: z.int().min(1),
    proposal: hashSchema,
    options: z.int().min(0),
    expires_at: at.nullable(),
    /** Blob: why a retrain asks, and what its parent answered. */
    why: hashSchema.exactOptional(),
  }),
  'decision-made': z.strictObject({
    phase: phaseNameSchema,
    decision_id: z.uuid(),
    revision: z.int().min(1),
    proposal: hashSchema,
    /** The answer as it was sent, and what the phase read from it. */
    answer: hashSchema,
    decision: hashSchema,
    /** False proposes the same phase again with this decision applied. */
    closes: z.boolean(),
    /** The decision of the parent run that this one repeats. */
    replays: z.uuid().exactOptional(),
  }),
  'outcome-reached': z.strictObject({
    phase: phaseNameSchema,
    outcome: hashSchema,
    publishes: z.array(publicationSchema),
    /** Blob: how the outcome of a retrain stands against its parent's. */
    comparison: hashSchema.exactOptional(),
  }),
  'phase-skipped': z.strictObject({ phase: phaseNameSchema, also: z.array(phaseNameSchema) }),
  'phase-failed': z.strictObject({ phase: phaseNameSchema, code: refusalCode, error: hashSchema, again: z.enum(['propose', 'apply']) }),
  'run-paused': z.strictObject({ reason: z.enum(['deadline-passed', 'deadline-without-default']) }),
  'run-resumed': z.strictObject({ expires_at: at.nullable() }),
  'run-cancelled': z.strictObject({}),
  'run-completed': z.strictObject({}),
  'run-deleted': z.strictObject({}),
} as const

export type RunEventType = keyof typeof runEventPayloads
export type RunEventPayload<T extends RunEventType> = z.infer<(typeof runEventPayloads)[T]>

/** An event before the store gives it its place and hash. */
export type NewRunEvent = { [T in RunEventType]: { type: T; actor: Actor; at: string; payload: RunEventPayload<T> } }[RunEventType]

/** The version of the payload layouts above, stored with each event. */
export const runEventVersion = 1

const runEventTypes = Object.keys(runEventPayloads) as RunEventType[]

/** An event as the store gives it back, its JSON parsed. */
export interface StoredRunEvent {
  readonly type: string
  readonly actor: unknown
  readonly at: string
  readonly payload: unknown
}

/** Reads an event out of the store again; throws where its payload does not have its type's layout. */
export function readRunEvent({ type, actor, at, payload }: StoredRunEvent): NewRunEvent {
  const known = runEventTypes.find((name) => name === type)
  if (known === undefined) throw new Error(`the log holds an event of unknown type ${type}`)
  return { type: known, actor: actorSchema.parse(actor), at, payload: runEventPayloads[known].parse(payload) } as NewRunEvent
}
