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
  .array(z.unknown().meta({ type: 'object' }))
  .max(mostRows)
  .meta({ id: 'PredictRows', description: 'Raw rows; the label and columns that the model does not know are ignored.' })

export const predictFormSchema = z.object({
  threshold: z.coerce.number().pipe(z.number().min(0).max(1)).optional(),
  show_breakdown: queryBooleanSchema.default(false),
})
export const versionParametersSchema = z.object({ version_id: idSchema })

export const predictionSchema = z
  .object({
    /** Place of the row in the request. */
    index: z.int(),
    partition: z.string(),
    /** Sum of the contributions: log-odds, or the value on the scale of the model. */
    score: z.number(),
    /** Of the positive class, or of the one that was predicted; classification only. */
    proba: z.number().optional(),
    /** Of every class, where there are more than two. */
    probabilities: z.record(z.string(), z.number()).optional(),
    pred: z.union([z.string(), z.number()]),
    /** What each column adds to the score, and `base_value`, from which the sum starts. */
    breakdown: z.record(z.string(), z.number()).optional(),
  })
  .meta({ id: 'Prediction' })
export type PredictionAnswer = z.infer<typeof predictionSchema>

/** One a row, in their order. */
export const predictionsAnswerSchema = z.array(predictionSchema)
export type PredictionsAnswer = z.infer<typeof predictionsAnswerSchema>
