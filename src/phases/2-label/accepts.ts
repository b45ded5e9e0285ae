import { z } from 'zod'
import type { Proposal } from '#core/decision'
import { taskNames } from '#core/run-settings'

export const labelTypes = [...taskNames, 'classification', 'binary_classification', 'multiclass_classification'] as const
const taskSchema = z.enum(labelTypes)

export const customSplitSchema = z.strictObject({
  kind: z.enum(['random', 'group', 'time']).optional(),
  column: z.string().nullish(),
  share: z.number().min(0.05).max(0.5).nullish(),
})

/** A label answer of one's own. Without a column it changes the chosen option. */
export const customLabelSchema = z.strictObject({
  column: z.string().nullish(),
  task: taskSchema.nullish(),
  positive: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  split: customSplitSchema.nullish(),
  weight: z.string().nullish(),
  keep: z.array(z.string()).nullish(),
})
export type CustomLabel = z.infer<typeof customLabelSchema>

/** The answers that a card of label_selection takes. */
export function acceptsOf(proposal: Proposal): z.ZodType {
  const last = proposal.options.length - 1
  return z.strictObject({
    choice_index: (last < 0 ? z.null() : z.int().min(0).max(last).nullable()).optional(),
    custom_value: z.union([z.string(), customLabelSchema]).nullish().describe('A column, or a column with task, positive class, split, weight and proxies to keep.'),
    label_type: taskSchema.nullish(),
    rationale: z.string().max(10_000).nullish(),
    skipped: z.boolean().nullish(),
    action: z.literal('skip').nullish(),
  })
}
