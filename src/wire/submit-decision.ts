import { z } from 'zod'
import { runStatuses } from '#core/phase-names'
import { idSchema } from './identifier.ts'
import { jsonObjectSchema, jsonValueSchema } from './json-value.ts'

const indicesSchema = z.array(z.int().min(0)).max(100_000)

/** The answer to a decision. Which of the fields apply, the `accepts` of the pending decision tells. */
export const submitDecisionBodySchema = z
  .object({
    /** The phase whose decision is answered. */
    decision_type: z.string().min(1).max(100),
    choice_index: z.int().nullish(),
    action: z.string().max(100).nullish(),
    custom_value: jsonValueSchema.nullish(),
    label_type: z.string().max(100).nullish(),
    apply_indices: indicesSchema.nullish(),
    skip_indices: indicesSchema.nullish(),
    selected_indices: indicesSchema.nullish(),
    selected_options: z.array(jsonValueSchema).max(100_000).nullish(),
    selected_features: z.array(jsonValueSchema).max(100_000).nullish(),
    monotonic_constraints: z.record(z.string(), z.string()).nullish(),
    skipped: z.boolean().nullish(),
    done: z.boolean().nullish(),
    report_config: jsonObjectSchema.nullish(),
    monitoring_config: jsonObjectSchema.nullish(),
    /** With `revision`, addresses exactly one card: a repeat of the same answer is then safe. */
    decision_id: idSchema.nullish(),
    revision: z.int().min(1).nullish(),
    /** Why; kept with the decision. */
    rationale: z.string().max(10_000).nullish(),
  })
  .meta({ id: 'SubmitDecision' })
export type SubmitDecisionBody = z.infer<typeof submitDecisionBodySchema>

/** `status` is the run's after the decision. */
export const submitDecisionAnswerSchema = z
  .object({ status: z.enum(runStatuses), decision_id: idSchema })
  .meta({ id: 'SubmittedDecision' })
export type SubmitDecisionAnswer = z.infer<typeof submitDecisionAnswerSchema>
