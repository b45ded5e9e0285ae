import { z } from 'zod'
import type { Proposal } from '#core/decision'
import { reportBasisSchema, reportConfigSchema } from './schema.ts'

/** The fields that an answer to this proposal may give; goes out as JSON Schema. */
export function answerSchemaOf(proposal: Proposal): z.ZodType {
  const { available } = reportBasisSchema.parse(proposal.basis)
  return z.object({
    choice_index: z.int().min(0).max(proposal.options.length - 1).nullish().describe('Index of the report to make.'),
    report_config: reportConfigSchema
      .extend({ sections: z.array(z.enum(available)).min(1).nullish().describe('The chapters, in place of those of the chosen report.') })
      .nullish()
      .describe('Changes to the chosen report; {} makes the proposed one.'),
    rationale: z.string().max(10_000).nullish().describe('Why this was decided; kept with the decision.'),
  })
}
