import { z } from 'zod'
import { idSchema } from './identifier.ts'
import { timestampSchema } from './timestamp.ts'

/** A stop button asks for no paper before it works; what is given is kept for good. */
export const stopBodySchema = z.object({ reason: z.string().max(2_000).nullish() }).meta({ id: 'PressStop' })
export type StopBody = z.infer<typeof stopBodySchema>

export const setFallbackBodySchema = z
  .object({ fallback: z.union([z.string().min(1).max(1_000), z.number()]).nullable() })
  .meta({ id: 'SetFallback', description: 'A class of the model, or a number where it predicts one; null: while it is stopped, predictions are refused.' })
export type SetFallbackBody = z.infer<typeof setFallbackBodySchema>

export const stopsAnswerSchema = z
  .object({
    /** Whether everything of the team is stopped. */
    stopped: z.boolean(),
    stopped_at: timestampSchema.nullable(),
    stopped_by: z.string().nullable(),
    presses: z.array(
      z.object({
        /** Null where everything was meant. */
        deployment_id: idSchema.nullable(),
        action: z.enum(['stop', 'resume']),
        actor: z.string(),
        reason: z.string().nullable(),
        at: timestampSchema,
      }),
    ),
  })
  .meta({ id: 'Stops', description: 'Presses of stop buttons, the newest first.' })
export type StopsAnswer = z.infer<typeof stopsAnswerSchema>
