import { z } from 'zod'
import { phaseNameSchema } from './phase-names.ts'

export const jsonSchema: z.ZodType<unknown> = z.json()

/** One measured fact behind an option. `text` is a sentence that is true of the user's data. */
export const evidenceSchema = z.strictObject({
  label: z.string(),
  text: z.string(),
  value: z.union([z.number(), z.string()]).nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Rows, counts or points that show it. */
  data: z.json().nullable(),
})
export type Evidence = z.infer<typeof evidenceSchema>

export const optionSchema = z.strictObject({
  index: z.int().min(0),
  /** Stable within the run: `selected_options` may name it. */
  id: z.string().min(1),
  title: z.string().min(1),
  summary: z.string(),
  recommended: z.boolean(),
  /** What the ranking sorts by; its meaning is said in the summary. */
  score: z.number().nullable(),
  evidence: z.array(evidenceSchema),
  risks: z.array(z.string()),
  /** What accepting it changes, as plain data. */
  effect: z.json(),
})
export type Option = z.infer<typeof optionSchema>

/** What a phase puts before whoever decides. */
export const proposalSchema = z.strictObject({
  phase: phaseNameSchema,
  /** The question in one sentence. */
  subject: z.string().min(1),
  options: z.array(optionSchema),
  /** The recommended option of a one-choice phase. */
  recommended_index: z.int().min(0).nullable(),
  /** What a passed deadline takes; null leaves the decision open. Always null where the default is to take none. */
  default_option_index: z.int().min(0).nullable(),
  /** What the card shows besides: profile, notes, limits, plots. */
  context: z.record(z.string(), z.json()),
  /** Measured facts that reading an answer or applying it needs, not shown. */
  basis: z.json(),
})
export type Proposal = z.infer<typeof proposalSchema>

/** The answer to a decision as it comes over the wire, whatever the phase; each phase reads from it what applies. */
export const answerSchema = z.strictObject({
  choice_index: z.int().nullish(),
  action: z.string().nullish(),
  custom_value: z.json().nullish(),
  label_type: z.string().nullish(),
  apply_indices: z.array(z.int()).nullish(),
  skip_indices: z.array(z.int()).nullish(),
  selected_indices: z.array(z.int()).nullish(),
  selected_options: z.array(z.json()).nullish(),
  selected_features: z.array(z.json()).nullish(),
  monotonic_constraints: z.record(z.string(), z.string()).nullish(),
  skipped: z.boolean().nullish(),
  done: z.boolean().nullish(),
  report_config: z.record(z.string(), z.json()).nullish(),
  monitoring_config: z.record(z.string(), z.json()).nullish(),
  rationale: z.string().max(10_000).nullish(),
})
export type Answer = z.infer<typeof answerSchema>

/** Whether an answer asks to skip its phase. */
export function asksToSkip(answer: Answer): boolean {
  return answer.skipped === true || answer.action === 'skip'
}
