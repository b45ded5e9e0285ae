import { type ErrorCode, orThrow } from '#core/errors'
import { decisionParametersSchema, decisionRecordSchema, madeDecisionsAnswerSchema } from '#wire/decision-record'
import { idParametersSchema } from '#wire/identifier'
import { inboxAnswerSchema, inboxQuerySchema } from '#wire/inbox'
import { pendingDecisionAnswerSchema } from '#wire/pending-decision'
import { submitDecisionAnswerSchema, submitDecisionBodySchema } from '#wire/submit-decision'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { answerOnce } from './repeatable.ts'

const params = idParametersSchema

const decisionRefusals: readonly ErrorCode[] = [
  'PHASE_UNKNOWN',
  'RUN_NOT_STARTED',
  'RUN_ENDED',
  'DECISION_NOT_OPEN',
  'DECISION_ALREADY_MADE',
  'DECISION_STALE',
  'DECISION_INVALID',
  'CHOICE_OUT_OF_RANGE',
  'CUSTOM_REFUSED',
  'STEP_COLUMN_COLLISION',
  'LABEL_UNKNOWN_COLUMN',
  'LABEL_UNUSABLE',
  'TOO_FEW_ROWS',
  'NO_FEATURES',
  'TEST_ROWS_EMPTY',
]

/** What waits for a decision, and the decision. */
export function agenticDecisionRoutes(context: RouteContext): void {
  openDecisionRoutes(context)
  submitRoute(context)
  madeDecisionRoutes(context)
}

function openDecisionRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/agentic/decisions',
    {
      schema: describeRoute({
        operationId: 'listDecisions',
        summary: 'The open decisions of the team, oldest first',
        request: { querystring: inboxQuerySchema },
        answer: inboxAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.runs.inbox(callerOf(request), request.query)),
  )

  app.get(
    '/v1/agentic/runs/:id/pending-decision',
    {
      schema: describeRoute({
        operationId: 'getPendingDecision',
        summary: 'The open decision of a run, or null',
        request: { params },
        answer: pendingDecisionAnswerSchema,
      }),
    },
    async (request, reply) => {
      const decision = orThrow(await signalbox.runs.pendingDecision(callerOf(request), request.params.id))
      // Fastify sends nothing at all for null, and existing clients read the body as JSON.
      return (
        decision ??
        reply
          .type('application/json; charset=utf-8')
          .serializer(() => 'null')
          .send(decision)
      )
    },
  )
}

function submitRoute({ app, signalbox }: RouteContext): void {
  app.post(
    '/v1/agentic/runs/:id/decisions',
    {
      schema: describeRoute({
        operationId: 'submitDecision',
        summary: 'Answer the open decision',
        request: { params, body: submitDecisionBodySchema },
        answer: submitDecisionAnswerSchema,
        refusals: decisionRefusals,
      }),
    },
    async (request) =>
      answerOnce(signalbox, { request, answer: submitDecisionAnswerSchema }, () =>
        signalbox.runs.submitDecision(callerOf(request), request.params.id, request.body),
      ),
  )
}

function madeDecisionRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/agentic/runs/:id/decisions',
    {
      schema: describeRoute({
        operationId: 'listMadeDecisions',
        summary: 'What was decided in a run so far, by whom and why',
        request: { params },
        answer: madeDecisionsAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.runs.decisions(callerOf(request), request.params.id)),
  )

  app.get(
    '/v1/agentic/runs/:id/decisions/:decision_id',
    {
      schema: describeRoute({
        operationId: 'getDecision',
        summary: 'One decision with its card, its answer and what came of it',
        request: { params: decisionParametersSchema },
        answer: decisionRecordSchema,
      }),
    },
    async (request) => orThrow(await signalbox.runs.decision(callerOf(request), request.params.id, request.params.decision_id)),
  )
}
