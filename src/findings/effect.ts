import { z } from 'zod'
import { leftOutSchema } from '#core/outcomes'
import { stepSpecSchema } from '#core/pipeline-spec'

/** Steps run in the order of their stages, whatever the order of the options: clean, mark missing, parse, rename. */
export const stages = ['strip', 'placeholder', 'parse', 'leave_out', 'rename'] as const

/** What accepting an option does. */
export const effectSchema = z.strictObject({
  stage: z.enum(stages),
  steps: z.array(stepSpecSchema.omit({ id: true })),
  left_out: z.array(leftOutSchema),
})
export type Effect = z.infer<typeof effectSchema>
