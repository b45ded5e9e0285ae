import { z } from 'zod'
import { modelComparisonSchema } from '#core/model-comparison'
import { phaseNameSchema } from '#core/phase-names'
import { idSchema } from './identifier.ts'
import { timestampSchema } from './timestamp.ts'

export const versionDecisions = ['promote', 'demote', 'reject', 'restore'] as const

export const versionDecisionBodySchema = z
  .object({
    /** Why; kept with the decision, outside of the chain. */
    rationale: z.string().max(10_000).nullish(),
  })
  .meta({ id: 'DecideVersion' })
export type VersionDecisionBody = z.infer<typeof versionDecisionBodySchema>

export const versionRoles = ['champion', 'challenger', 'rejected'] as const

export const versionDecisionAnswerSchema = z
  .object({ model_id: idSchema, version_id: idSchema, role: z.enum(versionRoles), champion_version: idSchema.nullable() })
  .meta({ id: 'DecidedVersion' })
export type VersionDecisionAnswer = z.infer<typeof versionDecisionAnswerSchema>

const actorSchema = z.object({ kind: z.enum(['key', 'policy', 'timeout', 'engine']), name: z.string() })
/** Where an event stands in the log; `signalbox verify` recomputes the hash. */
const eventSchema = z.object({ stream: z.string(), seq: z.int(), hash: z.string() })

export const liveQuerySchema = z.object({
  /** The present where it is not said. */
  at: z.iso.datetime({ offset: true }).optional(),
})
export type LiveQuery = z.infer<typeof liveQuerySchema>

export const liveAnswerSchema = z
  .object({
    model_id: idSchema,
    at: timestampSchema,
    text: z.string(),
    /** Deployments that answered at that moment; empty where none did. */
    live: z.array(
      z.object({
        deployment_id: idSchema,
        version_id: idSchema,
        /** Null where the version is gone. */
        version_number: z.int().nullable(),
        run_id: idSchema.nullable(),
        /** From which probability on a row was called positive; null where the model's own held. */
        threshold: z.number().nullable(),
        since: timestampSchema,
        /** Null where it still is so. */
        until: timestampSchema.nullable(),
        decided_by: actorSchema,
        /** By which event it came to be so. */
        decided_by_event: eventSchema.extend({ type: z.string() }),
      }),
    ),
    champion: z.object({ version_id: idSchema, version_number: z.int().nullable(), since: timestampSchema, decided_by: actorSchema, rationale: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'LiveVersions' })
export type LiveAnswer = z.infer<typeof liveAnswerSchema>

export const modelHistorySchema = z
  .array(
    z.object({
      at: timestampSchema,
      type: z.string(),
      text: z.string(),
      actor: actorSchema,
      version_id: idSchema.nullable(),
      deployment_id: idSchema.nullable(),
      run_id: idSchema.nullable(),
      rationale: z.string().nullable(),
      event: eventSchema,
    }),
  )
  .meta({ id: 'ModelHistory' })
export type ModelHistoryAnswer = z.infer<typeof modelHistorySchema>

export const versionLineageSchema = z
  .object({
    version_id: idSchema,
    model_id: idSchema,
    model_hash: z.string(),
    run_id: idSchema,
    parent_run_id: idSchema.nullable(),
    /** The stored table that it was made from. */
    dataset: z.object({ dataset_id: idSchema, content_hash: z.string(), rows: z.int() }),
    decisions: z.array(
      z.object({ phase: phaseNameSchema, decision_id: idSchema, revision: z.int(), at: timestampSchema, actor: actorSchema, proposal: z.string(), decision: z.string(), rationale: z.string().nullable(), event: eventSchema.nullable() }),
    ),
    published: eventSchema.nullable(),
  })
  .meta({ id: 'VersionLineage' })
export type VersionLineageAnswer = z.infer<typeof versionLineageSchema>

export const compareQuerySchema = z.object({
  /** The champion where it is not said. */
  with: idSchema.optional(),
})

/** `parent` is the version that is compared with, `retrained` the one that is asked for. */
export const versionComparisonSchema = z
  .object({ version_id: idSchema, with_version_id: idSchema, comparable: z.boolean(), ...modelComparisonSchema.shape })
  .meta({ id: 'VersionComparison' })
export type VersionComparisonAnswer = z.infer<typeof versionComparisonSchema>
