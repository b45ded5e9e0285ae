import { type Deployed, deployedSchema } from '#core/outcomes'
import type { Phase } from '#phases/phase'
import { answerSchemaOf } from './accepts.ts'
import { apply } from './apply.ts'
import { propose } from './propose.ts'
import { decisionOf, readAnswer } from './read-answer.ts'
import { choices, type DeployDecision, deployDecisionSchema } from './schema.ts'

/** Checks the trained model as it would answer, and makes the deployment that is decided. */
export const deployPhase: Phase<DeployDecision, Deployed> = {
  name: 'model_deployment',
  version: 3,
  choice: 'one',
  schemas: { decision: deployDecisionSchema, outcome: deployedSchema },
  propose,
  accepts: answerSchemaOf,
  read: readAnswer,
  // The deployment is made in any case, and answers only where that was allowed and all checks have passed.
  recommended: (proposal, { auto_deploy }) => {
    const active = auto_deploy && proposal.recommended_index === choices.indexOf('active')
    return decisionOf(proposal, active ? 'active' : 'inactive')
  },
  fallback: (proposal) => decisionOf(proposal, 'inactive'),
  apply,
}
