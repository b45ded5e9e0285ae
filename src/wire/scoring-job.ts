import { z } from 'zod'
import { scoringStatuses } from '#core/scoring-job'
import { idSchema } from './identifier.ts'
import { queryBooleanSchema } from './query-value.ts'
import { timestampSchema } from './timestamp.ts'

const threshold = z.coerce.number().pipe(z.number().min(0).max(1))
const keep = z.array(z.string().min(1)).max(100)

export const startScoringBodySchema = z
  .object({
    deployment_id: idSchema,
    dataset_id: idSchema,
    threshold: z.number().min(0).max(1).nullish(),
    show_breakdown: z.boolean().nullish(),
    /** Columns of the dataset that stand in the result as they are. */
    keep: keep.nullish(),
  })
  .meta({ id: 'StartScoring' })
export type StartScoringBody = z.infer<typeof startScoringBodySchema>

/** The fields beside a file; `keep` as a JSON list of names. */
export const startScoringFormSchema = z.object({
  deployment_id: idSchema,
  threshold: threshold.optional(),
  show_breakdown: queryBooleanSchema.default(false),
  keep: z.string().optional(),
})
export const keptColumnsSchema = keep

export const scoringJobSchema = z
  .object({
    job_id: idSchema,
    status: z.enum(scoringStatuses),
    deployment_id: idSchema,
    version_id: idSchema,
    dataset_id: idSchema.nullable(),
    rows: z.int().nullable(),
    rows_done: z.int(),
    /** Rows that could not be read; the result says why of each. */
    rows_failed: z.int(),
    /** From 0 to 1. */
    progress: z.number(),
    error: z.object({ code: z.string(), message: z.string(), suggestion: z.string() }).nullable(),
    created_by: z.string(),
    created: timestampSchema,
    started: timestampSchema.nullable(),
    ended: timestampSchema.nullable(),
  })
  .meta({ id: 'ScoringJob' })
export type ScoringJobAnswer = z.infer<typeof scoringJobSchema>

export const scoringJobListSchema = z.array(scoringJobSchema)
export type ScoringJobList = z.infer<typeof scoringJobListSchema>

export const scoringResultQuerySchema = z.object({
  format: z.enum(['csv', 'parquet']).default('csv'),
  /** CSV: texts that a spreadsheet would take for a formula get an apostrophe before them. */
  escape_formulas: queryBooleanSchema.default(false),
})
export type ScoringResultQuery = z.infer<typeof scoringResultQuerySchema>

export const deleteScoringAnswerSchema = z.object({ job_id: idSchema, status: z.literal('deleted') }).meta({ id: 'DeletedScoringJob' })
export type DeleteScoringAnswer = z.infer<typeof deleteScoringAnswerSchema>
