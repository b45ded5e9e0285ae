import { orThrow } from '#core/errors'
import { compareRunsAnswerSchema, compareRunsParametersSchema } from '#wire/compare-runs'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

/** Two runs beside each other. */
export function compareRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/agentic/runs/:id/compare/:other_id',
    {
      schema: describeRoute({
        operationId: 'compareRuns',
        summary: 'The models of two runs on the sealed rows that both have, paired',
        request: { params: compareRunsParametersSchema },
        answer: compareRunsAnswerSchema,
        refusals: ['RUN_WITHOUT_MODEL', 'BLOB_MISSING'],
      }),
    },
    async (request) => orThrow(await signalbox.runs.compare(callerOf(request), request.params.id, request.params.other_id)),
  )
}
