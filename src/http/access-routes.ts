import { orThrow } from '#core/errors'
import { connectAnswerSchema, limitsAnswerSchema, pingAnswerSchema } from '#wire/access'
import { organisationParametersSchema } from '#wire/identifier'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

/** Who a key belongs to, whether the server answers, and how much room there is. */
export function accessRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/connect',
    {
      schema: describeRoute({
        operationId: 'connect',
        summary: 'Whose key this is',
        request: {},
        answer: connectAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.access.connect(callerOf(request))),
  )

  app.get(
    '/v1/ping',
    {
      schema: describeRoute({
        operationId: 'ping',
        summary: 'Whether the server answers',
        request: {},
        answer: pingAnswerSchema,
      }),
    },
    async () => ({ success: true as const }),
  )

  app.get(
    '/v1/compute/ping',
    {
      schema: describeRoute({
        operationId: 'pingCompute',
        summary: 'Whether the server can compute',
        request: {},
        answer: pingAnswerSchema,
      }),
    },
    async () => ({ success: true as const }),
  )

  app.get(
    '/v1/organisations/limits/:org_id',
    {
      schema: describeRoute({
        operationId: 'getLimits',
        summary: 'How much of each kind there is, and may be',
        request: { params: organisationParametersSchema },
        answer: limitsAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.access.limits(callerOf(request), request.params.org_id)),
  )
}
