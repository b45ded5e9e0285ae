import { z } from 'zod'
import type { Proposal } from '#core/decision'
import { customSchema } from './schema.ts'

/** The fields that an answer to this card may give; goes out as JSON Schema. */
export function answerSchemaOf(proposal: Proposal): z.ZodType {
  return z.object({
    choice_index: z
      .int()
      .min(0)
      .max(proposal.options.length - 1)
      .nullish()
      .describe('Index of the option to take.'),
    action: z.enum(['approve', 'skip', 'reject']).nullish().describe('approve deploys; skip and reject deploy nothing and mark the version as rejected.'),
    custom_value: customSchema.nullish().describe('Threshold of a binary model, and whether the deployment answers at once.'),
    skipped: z.boolean().nullish().describe('The same as the action "skip".'),
    rationale: z.string().max(10_000).nullish().describe('Why this was decided; kept with the decision.'),
  })
}
