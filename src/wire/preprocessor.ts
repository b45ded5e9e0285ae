import { z } from 'zod'
import { columnTypeSchema } from '#core/dataset'
import { idSchema } from './identifier.ts'
import { jsonObjectSchema, jsonValueSchema } from './json-value.ts'
import { sentSpecSchema } from './pipeline-spec.ts'
import { timestampSchema } from './timestamp.ts'

/** The most rows that come inside a request; a dataset takes more. */
export const mostSampleRows = 1_000
const rowsSchema = z.array(jsonObjectSchema).max(mostSampleRows)

/** Refused with 410 where it is sent: a pickled pipeline runs code wherever it is loaded. */
const pipelineBinary = { pipeline_binary: jsonValueSchema.optional() }

export const createPreprocessorBodySchema = z
  .object({
    preprocessor_name: z.string().trim().min(1).max(500),
    preprocessor_description: z.string().max(10_000).nullish(),
    spec: sentSpecSchema.nullish(),
    /** Where it is given the version is fitted on it at once. */
    sample_data: rowsSchema.nullish(),
    ...pipelineBinary,
  })
  .meta({ id: 'CreatePreprocessor' })
export type CreatePreprocessorBody = z.output<typeof createPreprocessorBodySchema>
export type CreatePreprocessorInput = z.input<typeof createPreprocessorBodySchema>

export const createPreprocessorAnswerSchema = z.object({ preprocessor_id: idSchema, version_id: idSchema }).meta({ id: 'CreatedPreprocessor' })
export type CreatePreprocessorAnswer = z.infer<typeof createPreprocessorAnswerSchema>

export const addVersionBodySchema = z
  .object({ preprocessor_id: idSchema, spec: sentSpecSchema.nullish(), sample_data: rowsSchema.nullish(), parent_version_id: idSchema.nullish(), ...pipelineBinary })
  .meta({ id: 'AddPreprocessorVersion' })
export type AddVersionBody = z.output<typeof addVersionBodySchema>
export type AddVersionInput = z.input<typeof addVersionBodySchema>

export const updateVersionBodySchema = z
  .object({ version_id: idSchema, spec: sentSpecSchema.nullish(), sample_data: rowsSchema.nullish(), ...pipelineBinary })
  .meta({ id: 'UpdatePreprocessorVersion' })
export type UpdateVersionBody = z.output<typeof updateVersionBodySchema>
export type UpdateVersionInput = z.input<typeof updateVersionBodySchema>

/** A version never changes, so an update answers the id of the version that it made. */
export const versionIdAnswerSchema = z.object({ version_id: idSchema }).meta({ id: 'PreprocessorVersionId' })
export type VersionIdAnswer = z.infer<typeof versionIdAnswerSchema>

export const preprocessorAnswerSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    description: z.string(),
    created_by: z.string(),
    created: timestampSchema,
    last_updated: timestampSchema,
    number_of_versions: z.int(),
    /** Null where every version was deleted. */
    newest_version_id: idSchema.nullable(),
  })
  .meta({ id: 'Preprocessor' })
export type PreprocessorAnswer = z.infer<typeof preprocessorAnswerSchema>

export const preprocessorListAnswerSchema = z.array(preprocessorAnswerSchema)
export type PreprocessorListAnswer = z.infer<typeof preprocessorListAnswerSchema>

export const tableSchemaSchema = z
  .object({
    /** `dtype` is what pandas calls such a column. */
    columns: z.array(z.object({ name: z.string(), dtype: z.string(), type: columnTypeSchema })),
    sample: z.array(jsonObjectSchema),
  })
  .meta({ id: 'TableSchema' })
export type TableSchema = z.infer<typeof tableSchemaSchema>

export const preprocessorVersionAnswerSchema = z
  .object({
    version_id: idSchema,
    preprocessor_id: idSchema,
    version_number: z.int(),
    spec: jsonObjectSchema,
    parent_version_id: idSchema.nullable(),
    created: timestampSchema,
    created_by: z.string(),
    /** Whether it was fitted, and on how many rows. */
    fitted: z.boolean(),
    fitted_rows: z.int().nullable(),
    fitted_at: timestampSchema.nullable(),
    /** What it met when it was fitted, and what it gives. */
    input_schema: tableSchemaSchema.nullable(),
    output_schema: tableSchemaSchema.nullable(),
    /** Model versions whose rows go through it before they are scored. */
    linked_models: z.array(idSchema),
    python_version: z.string(),
    xplainable_version: z.string(),
  })
  .meta({ id: 'PreprocessorVersion' })
export type PreprocessorVersionAnswer = z.infer<typeof preprocessorVersionAnswerSchema>

export const sampleBodySchema = z.object({ sample_data: rowsSchema.min(1) }).meta({ id: 'SampleRows' })
export type SampleBody = z.output<typeof sampleBodySchema>

export const fitAnswerSchema = z
  .object({ version_id: idSchema, status: z.literal('fitted'), rows: z.int(), input_schema: tableSchemaSchema, output_schema: tableSchemaSchema, learned: z.array(z.string()) })
  .meta({ id: 'FittedPreprocessor', description: 'What a version met and gives; `learned` names the steps that keep something of the rows.' })
export type FitAnswer = z.infer<typeof fitAnswerSchema>

export const checkSignatureBodySchema = z.object({ preprocessor_version_id: idSchema, model_version_id: idSchema }).meta({ id: 'CheckSignature' })
export type CheckSignatureBody = z.output<typeof checkSignatureBodySchema>

export const signatureAnswerSchema = z
  .object({
    /** Whether every column that the model reads comes out of the preprocessor, in a type that fits. */
    signatures_match: z.boolean(),
    missing: z.array(z.string()),
    mistyped: z.array(z.object({ column: z.string(), expected: columnTypeSchema, received: columnTypeSchema })),
    unused: z.array(z.string()),
  })
  .meta({ id: 'Signature' })
export type SignatureAnswer = z.infer<typeof signatureAnswerSchema>

export const linkPreprocessorBodySchema = z.object({ version_id: idSchema, preprocessor_version_id: idSchema }).meta({ id: 'LinkPreprocessor' })
export type LinkPreprocessorBody = z.output<typeof linkPreprocessorBodySchema>

export const linkPreprocessorAnswerSchema = z.object({ version_id: idSchema, preprocessor_version_id: idSchema, success: z.literal(true) }).meta({ id: 'LinkedPreprocessor' })
export type LinkPreprocessorAnswer = z.infer<typeof linkPreprocessorAnswerSchema>

export const deletePreprocessorAnswerSchema = z.object({ preprocessor_id: idSchema, status: z.literal('deleted') }).meta({ id: 'DeletedPreprocessor' })
export type DeletePreprocessorAnswer = z.infer<typeof deletePreprocessorAnswerSchema>

export const deleteVersionAnswerSchema = z.object({ version_id: idSchema, status: z.literal('deleted') }).meta({ id: 'DeletedPreprocessorVersion' })
export type DeleteVersionAnswer = z.infer<typeof deleteVersionAnswerSchema>
