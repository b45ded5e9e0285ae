import { z } from 'zod'
import type { Answer } from '#core/decision'
import { phaseNameSchema } from '#core/phase-names'
import { idSchema } from './identifier.ts'
import { timestampSchema } from './timestamp.ts'

const textSchema = z.string().trim().min(1).max(10_000)

/** A message to the chat of a run: `content`, or `message` as some clients say. */
export const sendChatBodySchema = z
  .object({ content: textSchema.nullish(), message: textSchema.nullish() })
  .refine(({ content, message }) => content != null || message != null, { error: 'content, a text', path: ['content'] })
  .meta({ id: 'SendChat' })
export type SendChatBody = z.infer<typeof sendChatBodySchema>

/** An artifact that an answer rests on. */
export const citationSchema = z
  .object({
    kind: z.enum(['run', 'decision', 'proposal', 'outcome', 'model_version', 'model', 'message']),
    id: z.string(),
    label: z.string(),
    /** Where in the run it was said, so that it can be gone to: the stop, and on it the option or the column that is meant. */
    phase: phaseNameSchema.optional(),
    option: z.int().optional(),
    column: z.string().optional(),
  })
  .meta({ id: 'Citation' })
export type CitationAnswer = z.infer<typeof citationSchema>

/**
 * What a message asked to have changed, ready to be confirmed: submit_decision with `decision` and its answer, skip_phase,
 * cancel or resume. Nothing happens until somebody calls that.
 */
export const chatProposalSchema = z
  .object({
    act: z.enum(['submit_decision', 'skip_phase', 'cancel_run', 'resume_run']),
    title: z.string(),
    consequence: z.string(),
    decision: z.object({ decision_type: phaseNameSchema, decision_id: idSchema, revision: z.int(), answer: z.custom<Answer>() }).nullable(),
  })
  .meta({ id: 'ChatProposal' })
export type ChatProposalAnswer = z.infer<typeof chatProposalSchema>

/** `author` and `context` stand at what was sent, `intent` and `citations` at what was answered. */
export const chatMetadataSchema = z
  .object({
    author: z.string().optional(),
    /** True where the message was taken as context: kept, shown on cards, and changing nothing. */
    context: z.boolean().optional(),
    intent: z.string().optional(),
    citations: z.array(citationSchema).optional(),
    proposal: chatProposalSchema.optional(),
  })
  .meta({ id: 'ChatMetadata' })

/** The answer; its text may quote the user's data and is plain text, never markup. */
export const sendChatAnswerSchema = z
  .object({
    message_id: idSchema,
    content: z.string(),
    message_type: z.literal('text'),
    metadata: chatMetadataSchema,
  })
  .meta({ id: 'ChatAnswer' })
export type SendChatAnswer = z.infer<typeof sendChatAnswerSchema>

export const chatMessageSchema = z
  .object({
    id: idSchema,
    role: z.enum(['user', 'assistant']),
    content: z.string(),
    timestamp: timestampSchema,
    message_type: z.literal('text'),
    metadata: chatMetadataSchema,
  })
  .meta({ id: 'ChatMessage' })
export type ChatMessageAnswer = z.infer<typeof chatMessageSchema>

/** Oldest first. */
export const chatHistoryAnswerSchema = z.array(chatMessageSchema)
export type ChatHistoryAnswer = z.infer<typeof chatHistoryAnswerSchema>
