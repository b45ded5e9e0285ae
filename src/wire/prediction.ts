import { z } from 'zod'
import { idSchema } from './identifier.ts'
import { queryBooleanSchema } from './query-value.ts'

/** The most rows that one request may carry. */
export const mostRows = 100_000

export const predictQuerySchema = z.object({
  /** Of a binary model: from which probability on a row is called positive. Other models have none to move. */
  threshold: z.coerce.number().pipe(z.number().min(0).max(1)).optional(),
  show_breakdown: queryBooleanSchema.default(false),
})
export type PredictQuery = z.infer<typeof predictQuerySchema>

/** Raw rows, before preprocessing. What is in them is checked against the model, cell by cell. */
export const predictBodySchema = z
  .custom<readonly unknown[]>((body) => Array.isArray(body))
  .meta({ type: 'array', items: { type: 'object' }, maxItems: mostRows, description: 'Raw rows; the label and columns that the model does not know are ignored.' })

export const predictFormSchema = z.object({
  threshold: z.coerce.number().pipe(z.number().min(0).max(1)).optional(),
  show_breakdown: queryBooleanSchema.default(false),
})
export const versionParametersSchema = z.object({ version_id: idSchema })

export const rowWarningSchema = z
  .object({ code: z.enum(['MISSING_COLUMN', 'UNKNOWN_CATEGORY', 'OUT_OF_RANGE']), column: z.string(), message: z.string() })
  .meta({ id: 'RowWarning' })
export type RowWarningAnswer = z.infer<typeof rowWarningSchema>

/** `column` is null where the row as a whole is meant. */
export const rowErrorSchema = z.object({ code: z.literal('ROW_UNREADABLE'), column: z.string().nullable(), message: z.string() }).meta({ id: 'RowError' })
export type RowErrorAnswer = z.infer<typeof rowErrorSchema>

export const predictionSchema = z
  .object({
    /** Place of the row in the request. */
    index: z.int(),
    partition: z.string(),
    /** Sum of the contributions: log-odds, or the value on the scale of the model. Null where the row was not scored. */
    score: z.number().nullable(),
    /** Of the positive class, or of the one that was predicted; classification only. */
    proba: z.number().optional(),
    /** Of every class, where there are more than two. */
    probabilities: z.record(z.string(), z.number()).optional(),
    /** Null where the row cannot be read. */
    pred: z.union([z.string(), z.number()]).nullable(),
    /** What each column adds to the score, and `base_value`, from which the sum starts. */
    breakdown: z.record(z.string(), z.number()).optional(),
    /** What was odd about the row, which was scored all the same. */
    warnings: z.array(rowWarningSchema).optional(),
    /** Why the row was not scored; the other rows of the request were. */
    error: rowErrorSchema.optional(),
    /** True where the deployment is stopped and `pred` is the answer that was set for that. */
    fallback: z.literal(true).optional(),
  })
  .meta({ id: 'Prediction' })
export type PredictionAnswer = z.infer<typeof predictionSchema>

/** One a row, in their order. */
export const predictionsAnswerSchema = z.array(predictionSchema)
export type PredictionsAnswer = z.infer<typeof predictionsAnswerSchema>
