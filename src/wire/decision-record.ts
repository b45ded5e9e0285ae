import { z } from 'zod'
import { phaseNameSchema } from '#core/phase-names'
import { idSchema } from './identifier.ts'
import { jsonObjectSchema, jsonValueSchema } from './json-value.ts'
import { optionAnswerSchema } from './pending-decision.ts'
import { timestampSchema } from './timestamp.ts'

/** A decision that was made, in a line: who, when, what was taken and why. */
export const madeDecisionSchema = z
  .object({
    decision_id: idSchema,
    revision: z.int(),
    phase: phaseNameSchema,
    /** The question in one sentence. */
    subject: z.string(),
    /** How many options there were, and the titles of those that were taken. */
    offered: z.int(),
    taken: z.array(z.string()),
    skipped: z.boolean(),
    /** False where the same phase proposed again with this decision applied. */
    closes: z.boolean(),
    actor: z.object({ kind: z.enum(['key', 'policy', 'timeout', 'engine']), name: z.string() }),
    decided_at: timestampSchema,
    rationale: z.string().nullable(),
  })
  .meta({ id: 'MadeDecision' })
export type MadeDecisionAnswer = z.infer<typeof madeDecisionSchema>

/** Oldest first. */
export const madeDecisionsAnswerSchema = z.array(madeDecisionSchema)
export type MadeDecisionsAnswer = z.infer<typeof madeDecisionsAnswerSchema>

/** The same with the card that was answered, the answer, and what the phase came to. */
export const decisionRecordSchema = madeDecisionSchema
  .extend({
    options: z.array(optionAnswerSchema),
    context: jsonObjectSchema,
    recommended_index: z.int().nullable(),
    answer: jsonObjectSchema,
    /** What the phase read from the answer. */
    decision: jsonValueSchema,
    /** Null until the phase is through, and where it was skipped. */
    outcome: jsonValueSchema,
  })
  .meta({ id: 'DecisionRecord' })
export type DecisionRecord = z.infer<typeof decisionRecordSchema>

export const decisionParametersSchema = z.object({ id: idSchema, decision_id: idSchema })
