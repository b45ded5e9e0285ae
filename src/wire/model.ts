import { z } from 'zod'
import { idSchema } from './identifier.ts'
import { jsonObjectSchema } from './json-value.ts'
import { timestampSchema } from './timestamp.ts'

export const modelTypes = ['binary_classification', 'multiclass_classification', 'regression'] as const

export const modelSchema = z
  .object({
    model_id: idSchema,
    model_name: z.string(),
    model_description: z.string(),
    model_type: z.enum(modelTypes),
    target_name: z.string(),
    algorithm: z.string(),
    created: timestampSchema,
    /** The newest deployment, active ones first. */
    deployment_id: idSchema.nullable(),
    /** The version that answers. */
    active_version: idSchema.nullable(),
    /** Whether a version answers. */
    deployed: z.boolean(),
    number_of_versions: z.int(),
    /** The version that was promoted; it need not be the one that answers. */
    champion_version: idSchema.nullable(),
  })
  .meta({ id: 'Model' })
export type ModelAnswer = z.infer<typeof modelSchema>

export const modelListAnswerSchema = z.array(modelSchema)
export type ModelListAnswer = z.infer<typeof modelListAnswerSchema>

export const modelVersionSchema = z
  .object({
    version_id: idSchema,
    model_id: idSchema,
    /** 1 is the oldest. */
    version_number: z.int(),
    run_id: idSchema,
    created: timestampSchema,
    created_by: z.object({ user_id: z.string(), username: z.string() }).nullable(),
    /** How many parts a version has; here always one. */
    partitions: z.int(),
    xplainable_version: z.string(),
    python_version: z.string(),
    parameters: jsonObjectSchema.nullable(),
    /** Rejected where its run decided that it is not to be deployed. */
    status: z.enum(['candidate', 'approved', 'rejected']),
    /** How it stands in the registry. */
    role: z.enum(['champion', 'challenger', 'rejected']),
    model_hash: z.string(),
    trainer: z.string(),
    test_metrics: z.record(z.string(), z.number()),
  })
  .meta({ id: 'ModelVersion' })
export type ModelVersionAnswer = z.infer<typeof modelVersionSchema>

export const modelVersionListAnswerSchema = z.array(modelVersionSchema)
export type ModelVersionListAnswer = z.infer<typeof modelVersionListAnswerSchema>

export const modelParametersSchema = z.object({ model_id: idSchema })
export const partitionParametersSchema = z.object({ partition_id: idSchema })
/** `latest` is the newest version of the team. */
export const latestVersionParametersSchema = z.object({ version_id: z.union([z.literal('latest'), idSchema]) })

export const partitionsAnswerSchema = z
  .object({
    version_id: idSchema,
    partitions: z.array(
      z.object({ partition_id: idSchema, partition: z.string(), train_rows: z.int(), test_rows: z.int() }),
    ),
  })
  .meta({ id: 'Partitions' })
export type PartitionsAnswer = z.infer<typeof partitionsAnswerSchema>

/** The curves of a version: what each column adds, from where to where; a term of two columns has two axes and its cells. */
export const profileAnswerSchema = z
  .object({ version_id: idSchema, link: z.string(), intercepts: z.array(z.number()), terms: z.array(jsonObjectSchema) })
  .meta({ id: 'ModelProfile' })
export type ProfileAnswer = z.infer<typeof profileAnswerSchema>

/** How a version did on the sealed test rows, and in cross-validation before. */
export const evaluationAnswerSchema = jsonObjectSchema

export const featureInfoAnswerSchema = z
  .object({
    version_id: idSchema,
    target_name: z.string(),
    /** Columns of the raw table whose values reach the model. */
    raw_columns: z.array(z.object({ name: z.string(), type: z.string() })),
    features: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        kind: z.enum(['numeric', 'category']),
        /** Mean size of its own contribution; null for one that has none. */
        importance: z.number().nullable(),
        /** What the model tells apart, where it is a category. */
        levels: z.array(z.string()).nullable(),
        monotone: z.enum(['increasing', 'decreasing']).nullable(),
      }),
    ),
    /** What the model adds for two features together, the most important first. */
    pairs: z.array(z.object({ name: z.string(), features: z.array(z.string()), importance: z.number() })),
  })
  .meta({ id: 'FeatureInfo' })
export type FeatureInfoAnswer = z.infer<typeof featureInfoAnswerSchema>
