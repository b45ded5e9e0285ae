import { z } from 'zod'
import type { Proposal } from '#core/decision'
import { basisSchema, directionSchema, settingsSchema } from './schema.ts'
import { monotoneHindrance } from './trainers.ts'

/** The fields that an answer to this proposal may give; goes out as JSON Schema. */
export function answerSchemaOf(proposal: Proposal): z.ZodType {
  const basis = basisSchema.parse(proposal.basis)
  const names = basis.features.map((feature) => feature.name)
  const numeric = basis.features.filter((feature) => feature.kind === 'numeric').map((feature) => feature.name)
  const monotone = numeric.length > 0 && monotoneHindrance('glassbox-main', basis.task) === null
  return z.object({
    choice_index: z
      .int()
      .min(0)
      .max(proposal.options.length - 1)
      .nullish()
      .describe('Index of the trainer to use.'),
    action: z.literal('train').nullish().describe('Takes the recommended trainer.'),
    selected_features: z.array(z.enum(names)).min(1).nullish().describe('The columns to learn from; absent means all.'),
    custom_value: settingsSchema.nullish().describe('Settings that replace the measured ones.'),
    ...(monotone
      ? {
          monotonic_constraints: z
            .partialRecord(z.enum(numeric), directionSchema)
            .nullish()
            .describe('Directions to hold curves to; {} wants none, absent takes the proposed ones.'),
        }
      : {}),
    rationale: z.string().max(10_000).nullish().describe('Why this was decided; kept with the decision.'),
  })
}
