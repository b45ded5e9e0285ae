import { z } from 'zod'
import { jsonValueSchema } from './json-value.ts'

/** The body of every answer that is not a success. */
export const errorBodySchema = z
  .object({
    /** What happened and what to do, as one text: some clients show nothing else. */
    detail: z.string(),
    error: z.object({
      /** A stable word in UPPER_SNAKE, for programs. */
      code: z.string(),
      message: z.string(),
      detail: jsonValueSchema.optional(),
      suggestion: z.string(),
      source: z.literal('signalbox'),
    }),
  })
  .meta({ id: 'Error', description: 'What was refused, why, and what to do instead.' })
export type ErrorBody = z.infer<typeof errorBodySchema>
