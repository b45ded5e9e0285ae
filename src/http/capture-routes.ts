import { orThrow } from '#core/errors'
import { captureAnswerSchema, deleteCapturedAnswerSchema, setCaptureBodySchema } from '#wire/capture'
import { idParametersSchema } from '#wire/identifier'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

const params = idParametersSchema

/** What a deployment keeps of the rows that it is asked to score; nothing, unless somebody asks for it. */
export function captureRoutes({ app, signalbox: { captures } }: RouteContext): void {
  app.put(
    '/v1/deployments/:id/capture',
    {
      schema: describeRoute({
        operationId: 'setCapture',
        summary: 'Keep a bounded sample of the raw rows that a deployment is asked to score',
        request: { params, body: setCaptureBodySchema },
        answer: captureAnswerSchema,
      }),
    },
    async (request) => orThrow(await captures.set(callerOf(request), request.params.id, request.body)),
  )

  app.get(
    '/v1/deployments/:id/capture',
    {
      schema: describeRoute({
        operationId: 'getCapture',
        summary: 'What a deployment keeps, and how many rows it has',
        request: { params },
        answer: captureAnswerSchema,
      }),
    },
    async (request) => orThrow(await captures.read(callerOf(request), request.params.id)),
  )

  app.delete(
    '/v1/deployments/:id/capture',
    {
      schema: describeRoute({
        operationId: 'endCapture',
        summary: 'Keep no more rows; those that are kept stay until they are deleted',
        request: { params },
        answer: captureAnswerSchema,
      }),
    },
    async (request) => orThrow(await captures.end(callerOf(request), request.params.id)),
  )

  app.delete(
    '/v1/deployments/:id/capture/rows',
    {
      schema: describeRoute({
        operationId: 'deleteCapturedRows',
        summary: 'Delete all rows that a deployment has kept',
        request: { params },
        answer: deleteCapturedAnswerSchema,
      }),
    },
    async (request) => orThrow(await captures.deleteRows(callerOf(request), request.params.id)),
  )
}
