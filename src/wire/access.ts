import { z } from 'zod'
import { idSchema } from './identifier.ts'
import { timestampSchema } from './timestamp.ts'

export const connectAnswerSchema = z
  .object({
    username: z.string(),
    /** The public prefix of the key, never its secret. */
    key: z.string(),
    /** For a key without an end, the last day of the year 9999. */
    expires: timestampSchema,
    team_id: idSchema,
    org_id: idSchema,
    email: z.string().nullable(),
    org_name: z.string().nullable(),
    team_name: z.string().nullable(),
  })
  .meta({ id: 'Connection', description: 'Whose key this is.' })
export type ConnectAnswer = z.infer<typeof connectAnswerSchema>

export const pingAnswerSchema = z.object({ success: z.literal(true) }).meta({ id: 'Ping' })
export type PingAnswer = z.infer<typeof pingAnswerSchema>

export const limitSchema = z
  .object({ count: z.number(), limit: z.number(), remaining: z.number(), has_space: z.boolean() })
  .meta({ id: 'Limit' })
export type Limit = z.infer<typeof limitSchema>

export const limitsAnswerSchema = z
  .object({
    models: limitSchema,
    preprocessors: limitSchema,
    deployments: limitSchema,
    monitors: limitSchema,
    reports: limitSchema,
    ai_credits: limitSchema,
  })
  .meta({ id: 'Limits' })
export type LimitsAnswer = z.infer<typeof limitsAnswerSchema>
