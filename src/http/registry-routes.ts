import { orThrow } from '#core/errors'
import { compareQuerySchema, liveAnswerSchema, liveQuerySchema, modelHistorySchema, versionComparisonSchema, versionDecisionAnswerSchema, versionDecisionBodySchema, versionDecisions, versionLineageSchema } from '#wire/model-registry'
import { modelParametersSchema } from '#wire/model'
import { versionParametersSchema } from '#wire/prediction'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

/** Which version of a model is in charge, what was live when, and what each version is made of. */
export function registryRoutes(context: RouteContext): void {
  decisionRoutes(context)
  modelTimeRoutes(context)
  versionRoutes(context)
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
