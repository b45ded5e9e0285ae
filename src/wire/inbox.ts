import { z } from 'zod'
import { phaseNameSchema } from '#core/phase-names'
import { idSchema } from './identifier.ts'
import { cursorSchema, queryIntegerSchema } from './query-value.ts'
import { timestampSchema } from './timestamp.ts'

export const inboxQuerySchema = z.object({
  limit: queryIntegerSchema({ min: 1, max: 200 }).default(50),
  cursor: cursorSchema.optional(),
})
export type InboxQuery = z.infer<typeof inboxQuerySchema>

/** One open decision; its card is GET /v1/agentic/runs/{id}/pending-decision. */
export const inboxEntrySchema = z
  .object({
    run_id: idSchema,
    run_name: z.string(),
    dataset_id: idSchema,
    decision_id: idSchema,
    revision: z.int(),
    decision_type: phaseNameSchema,
    subject: z.string(),
    /** How many options there are. */
    options: z.int(),
    opened_at: timestampSchema,
    expires_at: timestampSchema.nullable(),
  })
  .meta({ id: 'InboxEntry' })
export type InboxEntry = z.infer<typeof inboxEntrySchema>

/** Oldest first. */
export const inboxAnswerSchema = z
  .object({ decisions: z.array(inboxEntrySchema), next_cursor: z.string().nullable() })
  .meta({ id: 'Inbox' })
export type InboxAnswer = z.infer<typeof inboxAnswerSchema>
