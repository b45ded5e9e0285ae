import { z } from 'zod'
import { idSchema } from './identifier.ts'
import { jsonObjectSchema } from './json-value.ts'
import { sentSpecSchema, sentStepSchema, stepIdSchema } from './pipeline-spec.ts'
import { tableSchemaSchema } from './preprocessor.ts'

/** The most rows of a dataset that a preview looks at. */
export const mostPreviewRows = 100_000

const deltaSchema = z.object({ dropped: z.array(z.string()), added: z.array(z.string()), updated: z.array(z.string()) })

export const previewSampleAnswerSchema = z
  .object({
    input_schema: tableSchemaSchema,
    output_schema: tableSchemaSchema,
    step_deltas: z.array(z.object({ step_id: z.string(), delta: deltaSchema.extend({ rows_before: z.int(), rows_after: z.int() }), sample_after: z.array(jsonObjectSchema) })),
    sample_before: z.array(jsonObjectSchema),
    sample_after: z.array(jsonObjectSchema),
    /** Where what the steps know comes from: an earlier fit, or these rows, since it was never fitted. */
    fitted_on: z.enum(['fit', 'these_rows']),
  })
  .meta({ id: 'PreprocessorPreview' })
export type PreviewSampleAnswer = z.infer<typeof previewSampleAnswerSchema>

export const previewSpecBodySchema = z
  .object({
    dataset_id: idSchema,
    spec: sentSpecSchema,
    target_column: z.string().nullish(),
    max_rows: z.int().min(1).max(mostPreviewRows).nullish(),
    /** Steps to try without, by id. */
    remove_steps: z.array(stepIdSchema).max(1_000).nullish(),
    /** A step to try in front of another one, or behind all. */
    insert_step: z.object({ step: sentStepSchema, before: stepIdSchema.nullish() }).nullish(),
    /** A completed run: the terms of its model that would lose a column are named. */
    run_id: idSchema.nullish(),
  })
  .meta({ id: 'PreviewSpec' })
export type PreviewSpecBody = z.output<typeof previewSpecBodySchema>
export type PreviewSpecInput = z.input<typeof previewSpecBodySchema>

const columnStatsSchema = z.object({
  mean: z.number().nullable(),
  nulls: z.int(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  unique: z.int(),
  top_values: z.array(z.tuple([z.string(), z.int()])).optional(),
})
export type ColumnStatsAnswer = z.infer<typeof columnStatsSchema>

export const previewedStepSchema = z
  .object({
    step_id: z.string(),
    step_type: z.string(),
    delta: deltaSchema,
    stats: z.record(z.string(), z.object({ before: columnStatsSchema.optional(), after: columnStatsSchema.optional() })),
    changes: z.record(z.string(), z.object({ changed_cells: z.int(), top_changes: z.array(z.object({ before: z.string().nullable(), after: z.string().nullable(), count: z.int() })).optional() })),
    warnings: z.array(z.string()),
    /** What would differ for a row that is predicted alone. */
    serving_warnings: z.array(z.string()),
    rows_before: z.int(),
    rows_after: z.int(),
    rows_total: z.int(),
    sampled: z.boolean(),
    error: z.string().nullable(),
    /** Whether it keeps something of the rows that it is fitted on. */
    learns: z.boolean(),
    rows_changed: z.int(),
    nulls_filled: z.int(),
    sample: z.array(z.object({ before: jsonObjectSchema, after: jsonObjectSchema })),
  })
  .meta({ id: 'PreviewedStep' })
export type PreviewedStep = z.infer<typeof previewedStepSchema>

export const previewSpecAnswerSchema = z
  .object({
    steps: z.array(previewedStepSchema),
    /** Why create, add and update would refuse this spec. */
    safety_errors: z.array(z.string()),
    /** The same by code. */
    safety: z.array(z.object({ step_id: z.string(), code: z.string(), message: z.string(), suggestion: z.string() })),
    rows_before: z.int(),
    rows_after: z.int(),
    rows_total: z.int(),
    sampled: z.boolean(),
    output_columns: z.array(z.string()),
    /** The spec that was previewed, after the edits that were asked for. */
    spec: jsonObjectSchema,
    /** Steps that lose a column which they read where the edits are made. */
    falls: z.array(z.object({ step_id: z.string(), step_type: z.string(), reason: z.string() })),
    /** Columns that the spec gave before the edits and no longer gives. */
    lost_columns: z.array(z.string()),
    /** Terms of the run's model that would lose a column. */
    lost_terms: z.array(z.object({ term: z.string(), columns: z.array(z.string()) })),
  })
  .meta({ id: 'SpecPreview' })
export type PreviewSpecAnswer = z.infer<typeof previewSpecAnswerSchema>
