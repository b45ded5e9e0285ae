import type { ErrorCode } from '#core/errors'
import { idParametersSchema } from '#wire/identifier'
import { retrainAnswerSchema, retrainBodySchema } from '#wire/retrain'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { answerOnce } from './repeatable.ts'

const refusals: readonly ErrorCode[] = [
  'RUN_NOT_COMPLETED',
  'RUN_WITHOUT_MODEL',
  'DATASET_NOT_FOUND',
  'DATASET_LACKS_COLUMNS',
  'CUSTOM_REFUSED',
  'STEP_COLUMN_COLLISION',
  'PHASE_UNKNOWN',
  'PHASE_NOT_OFFERED',
  'PHASE_PLAN_ORDER',
  'PHASE_PLAN_NEEDS',
]

/** Training a completed run again. */
export function agenticRetrainRoute({ app, signalbox }: RouteContext): void {
  app.post(
    '/v1/agentic/runs/:id/retrain',
    {
      schema: describeRoute({
        operationId: 'retrain',
        summary: 'Decide as a completed run did, on its table or another, and make a new version of its model',
        request: { params: idParametersSchema, body: retrainBodySchema },
        answer: retrainAnswerSchema,
        refusals,
      }),
    },
    async (request) =>
      answerOnce(signalbox, { request, answer: retrainAnswerSchema }, () =>
        signalbox.runs.retrain(callerOf(request), request.params.id, request.body),
      ),
  )
}
