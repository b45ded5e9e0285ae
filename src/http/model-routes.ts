import { orThrow } from '#core/errors'
import { idParametersSchema, teamParametersSchema } from '#wire/identifier'
import {
  evaluationAnswerSchema,
  featureInfoAnswerSchema,
  latestVersionParametersSchema,
  modelListAnswerSchema,
  modelParametersSchema,
  modelSchema,
  modelVersionListAnswerSchema,
  partitionParametersSchema,
  partitionsAnswerSchema,
  profileAnswerSchema,
} from '#wire/model'
import { modelShapesSchema } from '#wire/model-evidence'
import { versionParametersSchema } from '#wire/prediction'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

/** Models that runs published, and what their versions are made of. */
export function modelRoutes(context: RouteContext): void {
  modelListRoutes(context)
  versionPartRoutes(context)
  versionInsideRoutes(context)
}

function modelListRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/models/teams/:team_id',
    {
      schema: describeRoute({
        operationId: 'listModels',
        summary: 'The models of a team, newest first',
        request: { params: teamParametersSchema },
        answer: modelListAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.models.list(callerOf(request), request.params.team_id)),
  )

  app.get(
    '/v1/models/:id',
    {
      schema: describeRoute({
        operationId: 'getModel',
        summary: 'What a model is, and which version of it answers',
        request: { params: idParametersSchema },
        answer: modelSchema,
      }),
    },
    async (request) => orThrow(await signalbox.models.read(callerOf(request), request.params.id)),
  )
}

function versionPartRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/models/versions/:model_id',
    {
      schema: describeRoute({
        operationId: 'listModelVersions',
        summary: 'The versions of a model, oldest first',
        request: { params: modelParametersSchema },
        answer: modelVersionListAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.models.versions(callerOf(request), request.params.model_id)),
  )

  app.get(
    '/v1/models/partitions/:version_id',
    {
      schema: describeRoute({
        operationId: 'listPartitions',
        summary: 'The parts of a version; "latest" is the newest version of the team',
        request: { params: latestVersionParametersSchema },
        answer: partitionsAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.models.partitions(callerOf(request), request.params.version_id)),
  )
}

function versionInsideRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/models/profile/:version_id',
    {
      schema: describeRoute({
        operationId: 'getModelProfile',
        summary: 'The curve of each column of a version',
        request: { params: versionParametersSchema },
        answer: profileAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.models.profile(callerOf(request), request.params.version_id)),
  )

  app.get(
    '/v1/models/shapes/:version_id',
    {
      schema: describeRoute({
        operationId: 'getModelShapes',
        summary: 'What each term of a version says, ready to be drawn',
        request: { params: versionParametersSchema },
        answer: modelShapesSchema,
      }),
    },
    async (request) => orThrow(await signalbox.models.shapes(callerOf(request), request.params.version_id)),
  )

  app.get(
    '/v1/models/evaluation/:partition_id',
    {
      schema: describeRoute({
        operationId: 'getModelEvaluation',
        summary: 'How a version did on the sealed test rows, and in cross-validation',
        request: { params: partitionParametersSchema },
        answer: evaluationAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.models.evaluation(callerOf(request), request.params.partition_id)),
  )

  app.get(
    '/v1/models/feature-info/:version_id',
    {
      schema: describeRoute({
        operationId: 'getFeatureInfo',
        summary: 'What a version reads, and how much each of it counts',
        request: { params: versionParametersSchema },
        answer: featureInfoAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.models.featureInfo(callerOf(request), request.params.version_id)),
  )
}
