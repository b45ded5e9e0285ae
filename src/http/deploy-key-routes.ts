import { orThrow } from '#core/errors'
import {
  activeKeysAnswerSchema,
  createDeployKeyAnswerSchema,
  createDeployKeyBodySchema,
  deployKeyListAnswerSchema,
  revokeDeployKeyAnswerSchema,
  revokeDeployKeyBodySchema,
} from '#wire/deployment'
import { idParametersSchema, teamParametersSchema } from '#wire/identifier'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

/** The keys of deployments, with which nothing but predictions can be asked for. */
export function deployKeyRoutes(context: RouteContext): void {
  keyChangeRoutes(context)
  keyListRoutes(context)
}

function keyChangeRoutes({ app, signalbox }: RouteContext): void {
  app.put(
    '/v1/deployments/create-deploy-key',
    {
      schema: describeRoute({
        operationId: 'createDeployKey',
        summary: 'Make a key of a deployment; it is shown this once',
        request: { body: createDeployKeyBodySchema },
        answer: createDeployKeyAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.deployments.createKey(callerOf(request), request.body)),
  )

  app.patch(
    '/v1/deployments/revoke-key',
    {
      schema: describeRoute({
        operationId: 'revokeDeployKey',
        summary: 'End a key of a deployment',
        request: { body: revokeDeployKeyBodySchema },
        answer: revokeDeployKeyAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.deployments.revokeKey(callerOf(request), request.body)),
  )
}

function keyListRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/deployments/:id',
    {
      schema: describeRoute({
        operationId: 'listDeployKeys',
        summary: 'The keys of a deployment, without their secrets',
        request: { params: idParametersSchema },
        answer: deployKeyListAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.deployments.keys(callerOf(request), request.params.id)),
  )

  app.get(
    '/v1/deployments/teams/:team_id/active-keys',
    {
      schema: describeRoute({
        operationId: 'countActiveDeployKeys',
        summary: 'How many keys of the deployments of a team are live',
        request: { params: teamParametersSchema },
        answer: activeKeysAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.deployments.activeKeys(callerOf(request), request.params.team_id)),
  )
}
