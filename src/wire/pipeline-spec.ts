import { z } from 'zod'
import { jsonObjectSchema } from './json-value.ts'

export const stepIdSchema = z.string().min(1).max(200)

/** A step as clients send it: absent and null are the same. */
export const sentStepSchema = z
  .object({
    id: stepIdSchema,
    type: z.string().min(1).max(100),
    columns: z.array(z.string()).nullish(),
    params: jsonObjectSchema.nullish(),
    description: z.string().max(2_000).nullish(),
  })
  .meta({ id: 'PipelineStep' })
export type SentStep = z.output<typeof sentStepSchema>

export const sentSpecSchema = z
  .object({ version: z.literal('2.0').default('2.0'), steps: z.array(sentStepSchema).max(1_000) })
  .meta({ id: 'PipelineSpec' })
export type SentSpec = z.output<typeof sentSpecSchema>
/** The same as a client may write it. */
export type SpecInput = z.input<typeof sentSpecSchema>
