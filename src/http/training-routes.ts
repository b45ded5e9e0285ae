import { orThrow } from '#core/errors'
import { idParametersSchema } from '#wire/identifier'
import { candidateEvidenceSchema, candidateParametersSchema, modelTrialSchema, trialParametersSchema, tryModelBodySchema } from '#wire/model-evidence'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

/** What a training card rests on, and trials of other answers to it. */
export function trainingRoutes(context: RouteContext): void {
  candidateRoute(context)
  startRoute(context)
  trialRoutes(context)
}

function candidateRoute({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/agentic/runs/:id/decisions/:decision_id/models/:trainer',
    {
      schema: describeRoute({
        operationId: 'getCandidateEvidence',
        summary: 'A trainer of a training card: its folds, shapes, and curves, calibration, residuals and segments out of fold',
        request: { params: candidateParametersSchema },
        answer: candidateEvidenceSchema,
        refusals: ['BLOB_MISSING'],
      }),
    },
    async (request) => orThrow(await signalbox.training.candidate(callerOf(request), request.params.id, request.params)),
  )
}

function startRoute({ app, signalbox }: RouteContext): void {
  app.post(
    '/v1/agentic/runs/:id/trials',
    {
      schema: describeRoute({
        operationId: 'tryModel',
        summary: 'Measure what an answer to the open training card would come to, in the background and without the sealed rows',
        request: { params: idParametersSchema, body: tryModelBodySchema },
        answer: modelTrialSchema,
        refusals: ['DECISION_NOT_OPEN', 'DECISION_INVALID', 'CHOICE_OUT_OF_RANGE', 'CUSTOM_REFUSED', 'NO_FEATURES', 'BLOB_MISSING'],
      }),
    },
    async (request) => orThrow(await signalbox.training.startTrial(callerOf(request), request.params.id, request.body)),
  )
}

function trialRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/agentic/runs/:id/trials/:trial_id',
    {
      schema: describeRoute({
        operationId: 'getModelTrial',
        summary: 'How far a trial is, and what it came to',
        request: { params: trialParametersSchema },
        answer: modelTrialSchema,
      }),
    },
    async (request) => orThrow(await signalbox.training.trial(callerOf(request), request.params.id, request.params.trial_id)),
  )

  app.delete(
    '/v1/agentic/runs/:id/trials/:trial_id',
    {
      schema: describeRoute({
        operationId: 'cancelModelTrial',
        summary: 'Cancel a trial; one that has ended stays as it is',
        request: { params: trialParametersSchema },
        answer: modelTrialSchema,
      }),
    },
    async (request) => orThrow(await signalbox.training.cancelTrial(callerOf(request), request.params.id, request.params.trial_id)),
  )
}
