import { orThrow } from '#core/errors'
import { idParametersSchema } from '#wire/identifier'
import { decideProposalBodySchema, proposalAnswerSchema, proposalListAnswerSchema, proposeRetrainBodySchema } from '#wire/monitor-follow'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { answerOnce } from './repeatable.ts'

const params = idParametersSchema
const retraining = ['RUN_NOT_COMPLETED', 'RUN_WITHOUT_MODEL', 'DATASET_NOT_FOUND', 'DATASET_LACKS_COLUMNS', 'PHASE_PLAN_NEEDS', 'PHASE_NOT_OFFERED', 'PHASE_UNKNOWN', 'PHASE_PLAN_ORDER', 'STEP_COLUMN_COLLISION', 'CUSTOM_REFUSED', 'BLOB_MISSING'] as const

/** A challenger because of what a monitor saw: trained at once, in use only when somebody says so. */
export function monitorProposalRoutes({ app, signalbox }: RouteContext): void {
  const { monitors } = signalbox
  app.post(
    '/v1/monitors/:id/proposals',
    {
      schema: describeRoute({
        operationId: 'proposeRetrain',
        summary: 'Train a challenger on labelled rows and ask whether it shall replace the model in use',
        request: { params, body: proposeRetrainBodySchema },
        answer: proposalAnswerSchema,
        refusals: retraining,
      }),
    },
    async (request) => answerOnce(signalbox, { request, answer: proposalAnswerSchema }, () => monitors.proposeRetrain(callerOf(request), request.params.id, request.body)),
  )

  app.get(
    '/v1/monitors/:id/proposals',
    {
      schema: describeRoute({
        operationId: 'listProposals',
        summary: 'The challengers of a monitor, newest first, each beside the model in use',
        request: { params },
        answer: proposalListAnswerSchema,
        refusals: ['BLOB_MISSING'],
      }),
    },
    async (request) => orThrow(await monitors.proposals(callerOf(request), request.params.id)),
  )

  app.post(
    '/v1/monitors/proposals/:id/decide',
    {
      schema: describeRoute({
        operationId: 'decideProposal',
        summary: 'Keep the model in use, let the challenger answer in its place, or train another',
        request: { params, body: decideProposalBodySchema },
        answer: proposalAnswerSchema,
        refusals: ['PROPOSAL_DECIDED', 'PROPOSAL_NOT_OPEN', 'DECISION_NOT_OPEN', 'DECISION_ALREADY_MADE', 'DECISION_STALE', 'DECISION_INVALID', 'VERSION_OF_OTHER_MODEL', ...retraining],
      }),
    },
    async (request) => orThrow(await monitors.decideProposal(callerOf(request), request.params.id, request.body)),
  )
}
