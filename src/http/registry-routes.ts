import { type ErrorCode, orThrow } from '#core/errors'
import { compareQuerySchema, liveAnswerSchema, liveQuerySchema, modelHistorySchema, versionComparisonSchema, versionDecisionAnswerSchema, versionDecisionBodySchema, versionDecisions, versionLineageSchema } from '#wire/model-registry'
import { modelParametersSchema } from '#wire/model'
import { trainModelAnswerSchema, trainModelBodySchema } from '#wire/train-model'
import { versionParametersSchema } from '#wire/prediction'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { answerOnce } from './repeatable.ts'

/** Which version of a model is in charge, what was live when, and what each version is made of. */
export function registryRoutes(context: RouteContext): void {
  trainRoute(context)
  decisionRoutes(context)
  modelTimeRoutes(context)
  versionRoutes(context)
}

const trainRefusals: readonly ErrorCode[] = [
  'DATASET_NOT_FOUND', 'LABEL_UNKNOWN_COLUMN', 'LABEL_UNUSABLE', 'TOO_FEW_ROWS', 'NO_FEATURES', 'TEST_ROWS_EMPTY', 'CUSTOM_REFUSED', 'DECISION_INVALID', 'CHOICE_OUT_OF_RANGE', 'STEP_REFUSED',
  'STEP_COLUMN_COLLISION', 'STEP_TOUCHES_LABEL', 'PHASE_NOT_OFFERED', 'PHASE_PLAN_NEEDS', 'RUN_ENDED', 'RUN_NOT_COMPLETED', 'RUN_WITHOUT_MODEL', 'COMPUTE_FAILED', 'COMPUTE_MEMORY_LIMIT', 'BLOB_MISSING',
]

function trainRoute({ app, signalbox }: RouteContext): void {
  app.post(
    '/v1/models/v2/train',
    {
      schema: describeRoute({
        operationId: 'trainModel',
        summary: 'Train a model without a question, and wait for it; nothing is deployed, reported or monitored',
        request: { body: trainModelBodySchema },
        answer: trainModelAnswerSchema,
        refusals: trainRefusals,
      }),
    },
    async (request) => answerOnce(signalbox, { request, answer: trainModelAnswerSchema }, () => signalbox.registry.train(callerOf(request), request.body)),
  )
}

const summaries = {
  promote: 'Make a version the champion of its model',
  demote: 'Let a version be the champion no more',
  reject: 'Keep a version from becoming the champion',
  restore: 'Let a rejected version be a challenger again',
} as const

function decisionRoutes({ app, signalbox }: RouteContext): void {
  for (const kind of versionDecisions) {
    app.post(
      `/v1/models/${kind}/:version_id`,
      {
        schema: describeRoute({
          operationId: `${kind}Version`,
          summary: summaries[kind],
          request: { params: versionParametersSchema, body: versionDecisionBodySchema },
          answer: versionDecisionAnswerSchema,
          refusals: ['VERSION_REJECTED', 'VERSION_IS_CHAMPION'],
        }),
      },
      async (request) => orThrow(await signalbox.registry.decide(callerOf(request), request.params.version_id, { kind, rationale: request.body.rationale ?? null })),
    )
  }
}

function modelTimeRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/models/live/:model_id',
    {
      schema: describeRoute({
        operationId: 'getLiveVersions',
        summary: 'Which version answered at a moment, since when and by whose decision',
        request: { params: modelParametersSchema, querystring: liveQuerySchema },
        answer: liveAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.registry.live(callerOf(request), request.params.model_id, request.query.at ?? null)),
  )

  app.get(
    '/v1/models/history/:model_id',
    {
      schema: describeRoute({
        operationId: 'getModelHistory',
        summary: 'All that happened to a model and its deployments, the oldest first',
        request: { params: modelParametersSchema },
        answer: modelHistorySchema,
      }),
    },
    async (request) => orThrow(await signalbox.registry.history(callerOf(request), request.params.model_id)),
  )
}

function versionRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/models/lineage/:version_id',
    {
      schema: describeRoute({
        operationId: 'getVersionLineage',
        summary: 'The run, table and decisions that a version was made of, with their events',
        request: { params: versionParametersSchema },
        answer: versionLineageSchema,
      }),
    },
    async (request) => orThrow(await signalbox.registry.lineage(callerOf(request), request.params.version_id)),
  )

  app.get(
    '/v1/models/compare/:version_id',
    {
      schema: describeRoute({
        operationId: 'compareVersions',
        summary: 'How a version stands against the champion, or another one, on rows that both sealed',
        request: { params: versionParametersSchema, querystring: compareQuerySchema },
        answer: versionComparisonSchema,
        refusals: ['VERSION_OF_OTHER_MODEL', 'COMPUTE_FAILED', 'COMPUTE_MEMORY_LIMIT'],
      }),
    },
    async (request) => orThrow(await signalbox.registry.compare(callerOf(request), request.params.version_id, request.query.with ?? null)),
  )
}
