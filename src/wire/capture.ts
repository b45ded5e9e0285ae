import { z } from 'zod'
import { idSchema } from './identifier.ts'
import { timestampSchema } from './timestamp.ts'

export const setCaptureBodySchema = z
  .object({
    /** Of the rows that are asked for, so many are kept; they are drawn by chance. */
    share: z.number().gt(0).max(1).default(1),
    /** The oldest rows go where there are more. */
    max_rows: z.int().min(1).max(100_000).default(10_000),
    /** The column by which labels are joined later. */
    key_column: z.string().min(1).max(1_000).nullish(),
  })
  .meta({ id: 'SetCapture' })
export type SetCaptureBody = z.infer<typeof setCaptureBodySchema>
export type SetCaptureInput = z.input<typeof setCaptureBodySchema>

export const captureAnswerSchema = z
  .object({
    deployment_id: idSchema,
    /** Whether rows are kept now. */
    active: z.boolean(),
    share: z.number().nullable(),
    max_rows: z.int().nullable(),
    key_column: z.string().nullable(),
    rows: z.int(),
    labelled: z.int(),
    oldest: timestampSchema.nullable(),
    newest: timestampSchema.nullable(),
  })
  .meta({ id: 'Capture' })
export type CaptureAnswer = z.infer<typeof captureAnswerSchema>

export const deleteCapturedAnswerSchema = z.object({ deployment_id: idSchema, deleted: z.int() }).meta({ id: 'DeletedCapture' })
export type DeleteCapturedAnswer = z.infer<typeof deleteCapturedAnswerSchema>
