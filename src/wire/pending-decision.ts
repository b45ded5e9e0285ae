import { z } from 'zod'
import { phaseNameSchema } from '#core/phase-names'
import { idSchema } from './identifier.ts'
import { jsonObjectSchema, jsonValueSchema } from './json-value.ts'
import { timestampSchema } from './timestamp.ts'

export const evidenceAnswerSchema = z
  .object({
    label: z.string(),
    /** A sentence that is true of the user's data. */
    text: z.string(),
    value: z.union([z.number(), z.string()]).nullable(),
    interval: z.tuple([z.number(), z.number()]).nullable(),
    /** Rows, counts or points that show it. */
    data: jsonValueSchema,
  })
  .meta({ id: 'Evidence' })
export type EvidenceAnswer = z.infer<typeof evidenceAnswerSchema>

export const optionAnswerSchema = z
  .object({
    index: z.int(),
    /** Stable within the run. */
    id: z.string(),
    title: z.string(),
    summary: z.string(),
    recommended: z.boolean(),
    score: z.number().nullable(),
    evidence: z.array(evidenceAnswerSchema),
    risks: z.array(z.string()),
    /** What accepting it changes. */
    effect: jsonValueSchema,
  })
  .meta({ id: 'Option' })
export type OptionAnswer = z.infer<typeof optionAnswerSchema>

export const pendingDecisionSchema = z
  .object({
    decision_id: idSchema,
    /** Grows with each proposal of the same phase. */
    revision: z.int(),
    /** The same word as `phase`; submit_decision repeats it. */
    decision_type: phaseNameSchema,
    phase: phaseNameSchema,
    /** The question in one sentence. */
    subject: z.string(),
    options: z.array(optionAnswerSchema),
    context: jsonObjectSchema,
    recommended_index: z.int().nullable(),
    default_option_index: z.int().nullable(),
    /** Whole seconds, rounded up: existing clients read no fractions. */
    timeout_seconds: z.int().nullable(),
    expires_at: timestampSchema.nullable(),
    /** JSON Schema of the answer. */
    accepts: jsonObjectSchema,
  })
  .meta({ id: 'PendingDecision' })
export type PendingDecision = z.infer<typeof pendingDecisionSchema>

/** Null where nothing waits. */
export const pendingDecisionAnswerSchema = pendingDecisionSchema.nullable()
export type PendingDecisionAnswer = z.infer<typeof pendingDecisionAnswerSchema>
