import type { Prepared } from '#core/outcomes'
import { preparedSchema } from '#core/outcomes'
import type { Phase } from '#phases/phase'
import { acceptsOf } from './accepts.ts'
import { applyPreparation } from './apply.ts'
import { proposePreparation } from './propose.ts'
import { decisionOf, readPrepareAnswer } from './read-answer.ts'
import { replayPreparation } from './replay.ts'
import { prepareBasisSchema, prepareDecisionSchema, type PrepareDecision } from './schema.ts'

/** data_preparation: one cleaning step for each issue found in the table, any subset of which may be taken. */
export const preparePhase: Phase<PrepareDecision, Prepared> = {
  name: 'data_preparation',
  version: 3,
  choice: 'many',
  schemas: { decision: prepareDecisionSchema, outcome: preparedSchema },
  propose: proposePreparation,
  accepts: acceptsOf,
  read: readPrepareAnswer,
  recommended: (proposal) => decisionOf(proposal.options.filter((option) => option.recommended), { basis: prepareBasisSchema.parse(proposal.basis), custom: [] }),
  fallback: (proposal) => decisionOf([], { basis: prepareBasisSchema.parse(proposal.basis), custom: [] }),
  apply: applyPreparation,
  replay: replayPreparation,
}
