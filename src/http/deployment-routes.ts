import { orThrow } from '#core/errors'
import {
  createDeploymentAnswerSchema,
  createDeploymentBodySchema,
  deploymentChangeAnswerSchema,
  deploymentListAnswerSchema,
  deploymentPayloadAnswerSchema,
  repointDeploymentBodySchema,
} from '#wire/deployment'
import { idParametersSchema, teamParametersSchema } from '#wire/identifier'
import { emptyBodySchema } from '#wire/run-commands'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

const params = idParametersSchema

/** Deployments: made, switched on and off, pointed to another version, gone. */
export function deploymentRoutes(context: RouteContext): void {
  createAndListRoutes(context)
  switchRoutes(context)
  changeRoutes(context)
}

function createAndListRoutes({ app, signalbox }: RouteContext): void {
  app.post(
    '/v1/deployments/create',
    {
      schema: describeRoute({
        operationId: 'createDeployment',
        summary: 'Deploy a model version, not answering yet; a version that has a deployment keeps it',
        request: { body: createDeploymentBodySchema },
        answer: createDeploymentAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.deployments.create(callerOf(request), request.body)),
  )

  app.get(
    '/v1/deployments/teams/:team_id',
    {
      schema: describeRoute({
        operationId: 'listDeployments',
        summary: 'The deployments of a team, newest first',
        request: { params: teamParametersSchema },
        answer: deploymentListAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.deployments.list(callerOf(request), request.params.team_id)),
  )

  app.get(
    '/v1/deployments/:id/payload',
    {
      schema: describeRoute({
        operationId: 'getDeploymentPayload',
        summary: 'Some raw rows without the label, which predict accepts as they are',
        request: { params },
        answer: deploymentPayloadAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.deployments.payload(callerOf(request), request.params.id)),
  )
}

function switchRoutes({ app, signalbox }: RouteContext): void {
  app.patch(
    '/v1/deployments/:id/activate',
    {
      schema: describeRoute({
        operationId: 'activateDeployment',
        summary: 'Let a deployment answer',
        request: { params, body: emptyBodySchema },
        answer: deploymentChangeAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.deployments.activate(callerOf(request), request.params.id)),
  )

  app.patch(
    '/v1/deployments/:id/deactivate',
    {
      schema: describeRoute({
        operationId: 'deactivateDeployment',
        summary: 'Let a deployment rest',
        request: { params, body: emptyBodySchema },
        answer: deploymentChangeAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.deployments.deactivate(callerOf(request), request.params.id)),
  )
}

function changeRoutes({ app, signalbox }: RouteContext): void {
  app.patch(
    '/v1/deployments/:id/version',
    {
      schema: describeRoute({
        operationId: 'repointDeployment',
        summary: 'Let a deployment answer with another version of its model',
        request: { params, body: repointDeploymentBodySchema },
        answer: deploymentChangeAnswerSchema,
        refusals: ['VERSION_OF_OTHER_MODEL'],
      }),
    },
    async (request) => orThrow(await signalbox.deployments.repoint(callerOf(request), request.params.id, request.body)),
  )

  app.delete(
    '/v1/deployments/:id',
    {
      schema: describeRoute({
        operationId: 'deleteDeployment',
        summary: 'Delete a deployment and its keys; its history stays',
        request: { params },
        answer: deploymentChangeAnswerSchema,
        refusals: ['WRITE_CONFLICT'],
      }),
    },
    async (request) => orThrow(await signalbox.deployments.delete(callerOf(request), request.params.id)),
  )
}
