import type { z } from 'zod'
import type { Proposal } from '#core/decision'
import { multiChoiceSchema } from '#core/multi-choice-answer'

/** The answers that a card of data_preparation takes. */
export function acceptsOf(proposal: Proposal): z.ZodType {
  return multiChoiceSchema(proposal, 'The columns that the table keeps; all others are dropped.')
}
