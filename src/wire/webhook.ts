import { z } from 'zod'
import { webhookEvents } from '#core/notice-ports'
import { idSchema } from './identifier.ts'
import { timestampSchema } from './timestamp.ts'

export const addWebhookBodySchema = z
  .object({
    url: z.string().min(1).max(2_000),
    events: z.array(z.enum(webhookEvents)).min(1).max(20),
    description: z.string().max(2_000).nullish(),
  })
  .meta({ id: 'AddWebhook' })
export type AddWebhookBody = z.infer<typeof addWebhookBodySchema>

/** The secret is shown this once. */
export const addWebhookAnswerSchema = z.object({ webhook_id: idSchema, secret: z.string() }).meta({ id: 'AddedWebhook' })
export type AddWebhookAnswer = z.infer<typeof addWebhookAnswerSchema>

export const webhookAnswerSchema = z
  .object({
    webhook_id: idSchema,
    url: z.string(),
    events: z.array(z.enum(webhookEvents)),
    description: z.string(),
    created: timestampSchema,
    created_by: z.string(),
    /** Messages that wait to be delivered. */
    pending: z.int(),
    /** How the newest message went. */
    last_delivery: z
      .object({
        event: z.string(),
        state: z.enum(['pending', 'delivered', 'given_up']),
        attempts: z.int(),
        /** HTTP status of the last answer. */
        status: z.int().nullable(),
        error: z.string().nullable(),
        at: timestampSchema,
      })
      .nullable(),
  })
  .meta({ id: 'Webhook' })

export const webhookListAnswerSchema = z.array(webhookAnswerSchema)
export type WebhookListAnswer = z.infer<typeof webhookListAnswerSchema>

export const removeWebhookAnswerSchema = z.object({ webhook_id: idSchema, status: z.literal('deleted') }).meta({ id: 'RemovedWebhook' })
export type RemoveWebhookAnswer = z.infer<typeof removeWebhookAnswerSchema>

/** How a test message went; `status` is what the receiver answered. */
export const testWebhookAnswerSchema = z
  .object({ success: z.boolean(), status: z.int().nullable(), error: z.string().nullable() })
  .meta({ id: 'TestedWebhook' })
export type TestWebhookAnswer = z.infer<typeof testWebhookAnswerSchema>
