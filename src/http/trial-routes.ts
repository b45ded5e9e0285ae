import { orThrow } from '#core/errors'
import { deploymentFormAnswerSchema, tryDeploymentBodySchema } from '#wire/deployment-trial'
import { idParametersSchema } from '#wire/identifier'
import { predictionsAnswerSchema } from '#wire/prediction'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

const params = idParametersSchema

/** Rows tried by a person, with their own key or session. */
export function trialRoutes({ app, signalbox: { trials } }: RouteContext): void {
  app.get(
    '/v1/deployments/:id/form',
    { schema: describeRoute({ operationId: 'getDeploymentForm', summary: 'The columns of a row for a deployment, with their ranges and levels, and rows to begin with', request: { params }, answer: deploymentFormAnswerSchema }) },
    async (request) => orThrow(await trials.form(callerOf(request), request.params.id)),
  )
  app.post(
    '/v1/deployments/:id/try',
    { schema: describeRoute({ operationId: 'tryDeployment', summary: 'Predict a few rows without a deploy key, also while the deployment rests; it is counted and kept nowhere', request: { params, body: tryDeploymentBodySchema }, answer: predictionsAnswerSchema }) },
    async (request) => orThrow(await trials.predict(callerOf(request), request.params.id, request.body)),
  )
}
