import { orThrow } from '#core/errors'
import { deploymentChangeAnswerSchema } from '#wire/deployment'
import { idParametersSchema } from '#wire/identifier'
import { setFallbackBodySchema, stopBodySchema, stopsAnswerSchema } from '#wire/stop'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

/** Stop buttons: of one deployment, and of everything. */
export function stopRoutes(context: RouteContext): void {
  ofOne(context)
  ofAll(context)
}

function ofOne({ app, signalbox: { deployments } }: RouteContext): void {
  const request = { params: idParametersSchema, body: stopBodySchema }
  const [params, answer] = [idParametersSchema, deploymentChangeAnswerSchema]
  app.post(
    '/v1/deployments/:id/stop',
    { schema: describeRoute({ operationId: 'stopDeployment', summary: 'Stop a deployment: its fallback is answered, or nothing', request, answer }) },
    async (called) => orThrow(await deployments.stop(callerOf(called), called.params.id, called.body)),
  )
  app.post(
    '/v1/deployments/:id/resume',
    { schema: describeRoute({ operationId: 'resumeDeployment', summary: 'Take the stop of a deployment back', request, answer }) },
    async (called) => orThrow(await deployments.resume(callerOf(called), called.params.id, called.body)),
  )
  app.patch(
    '/v1/deployments/:id/fallback',
    { schema: describeRoute({ operationId: 'setFallback', summary: 'Set what is answered while a deployment is stopped', request: { params, body: setFallbackBodySchema }, answer }) },
    async (called) => orThrow(await deployments.setFallback(callerOf(called), called.params.id, called.body)),
  )
}

function ofAll({ app, signalbox: { deployments } }: RouteContext): void {
  const request = { body: stopBodySchema }
  const answer = stopsAnswerSchema
  app.post(
    '/v1/deployments/stop-all',
    { schema: describeRoute({ operationId: 'stopAllDeployments', summary: 'Stop every deployment of the team', request, answer }) },
    async (called) => orThrow(await deployments.stopAll(callerOf(called), called.body)),
  )
  app.post(
    '/v1/deployments/resume-all',
    { schema: describeRoute({ operationId: 'resumeAllDeployments', summary: 'Take the stop of everything back', request, answer }) },
    async (called) => orThrow(await deployments.resumeAll(callerOf(called), called.body)),
  )
  app.get(
    '/v1/deployments/stops',
    { schema: describeRoute({ operationId: 'listStops', summary: 'Whether everything is stopped, and every press of a stop button', request: {}, answer }) },
    async (called) => orThrow(await deployments.stops(callerOf(called))),
  )
}
