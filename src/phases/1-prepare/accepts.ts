import { z } from 'zod'
import { stepSpecSchema } from '#core/pipeline-spec'
import type { Proposal } from '#core/decision'

/** The pipeline of a custom answer; its version may be left out. */
export const customPipelineSchema = z.strictObject({ version: z.literal('2.0').default('2.0'), steps: z.array(stepSpecSchema.extend({ params: stepSpecSchema.shape.params.default({}) })).max(1_000) })

/** The answers that a card of data_preparation takes. */
export function acceptsOf(proposal: Proposal): z.ZodType {
  const last = proposal.options.length - 1
  const index = last < 0 ? z.int().min(0) : z.int().min(0).max(last)
  const indices = z.array(index).nullish()
  return z.strictObject({
    apply_indices: indices.describe('Indices of the options to apply; [] applies none and completes the phase.'),
    skip_indices: indices.describe('Indices of the options to leave out, as all are that are in neither list.'),
    selected_indices: indices.describe('The same as apply_indices.'),
    selected_options: z.array(z.union([z.string(), z.int()])).nullish().describe('The options to apply, by id or title.'),
    selected_features: z.array(z.string()).nullish().describe('The columns that the table keeps; all others are dropped.'),
    custom_value: customPipelineSchema.nullish().describe('A pipeline whose steps are applied besides the chosen options.'),
    done: z.boolean().nullish().describe('false applies this and proposes again; absent or true completes the phase.'),
    skipped: z.boolean().nullish(),
    action: z.literal('skip').nullish(),
    rationale: z.string().max(10_000).nullish(),
  })
}
