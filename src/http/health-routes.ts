import { orThrow } from '#core/errors'
import { healthAnswerSchema } from '#wire/health'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

/** For whoever watches the process: does it live, and can it serve. */
export function healthRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/healthz',
    {
      schema: describeRoute({
        operationId: 'getLiveness',
        summary: 'Whether the process lives',
        request: {},
        answer: healthAnswerSchema,
        keyless: true,
      }),
    },
    async () => ({ status: 'ok' as const, checks: {} }),
  )

  app.get(
    '/readyz',
    {
      schema: describeRoute({
        operationId: 'getReadiness',
        summary: 'Whether the server can serve',
        request: {},
        answer: healthAnswerSchema,
        keyless: true,
        refusals: ['DATABASE_UNAVAILABLE', 'NOT_READY'],
      }),
    },
    async () => orThrow(await signalbox.health()),
  )
}
