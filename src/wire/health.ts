import { z } from 'zod'

/** Whether the server can serve: each check by name. */
export const healthAnswerSchema = z
  .object({ status: z.literal('ok'), checks: z.record(z.string(), z.boolean()) })
  .meta({ id: 'Health' })
export type HealthAnswer = z.infer<typeof healthAnswerSchema>
