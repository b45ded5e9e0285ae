import { orThrow } from '#core/errors'
import { columnLineageAnswerSchema, lineageQuerySchema } from '#wire/column-lineage'
import { idParametersSchema } from '#wire/identifier'
import { openLineageAnswerSchema } from '#wire/open-lineage'
import { preprocessingDagAnswerSchema } from '#wire/preprocessing-dag'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

const params = idParametersSchema

/** What the steps of a run did, and what became of its columns. */
export function agenticLineageRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/agentic/runs/:id/preprocessing/dag',
    {
      schema: describeRoute({
        operationId: 'getPreprocessingDag',
        summary: 'The way from the raw table to what the model reads',
        request: { params },
        answer: preprocessingDagAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.runs.preprocessingDag(callerOf(request), request.params.id)),
  )

  app.get(
    '/v1/agentic/runs/:id/preprocessing/lineage',
    {
      schema: describeRoute({
        operationId: 'getColumnLineage',
        summary: 'Which raw column became which term of the model; with a row, on to its prediction',
        request: { params, querystring: lineageQuerySchema },
        answer: columnLineageAnswerSchema,
        refusals: ['RUN_WITHOUT_MODEL', 'BLOB_MISSING'],
      }),
    },
    async (request) => orThrow(await signalbox.runs.columnLineage(callerOf(request), request.params.id, request.query)),
  )

  app.get(
    '/v1/agentic/runs/:id/preprocessing/openlineage',
    {
      schema: describeRoute({
        operationId: 'getOpenLineage',
        summary: 'The lineage of a run as an OpenLineage event with columnLineage facets',
        request: { params },
        answer: openLineageAnswerSchema,
        refusals: ['BLOB_MISSING'],
      }),
    },
    async (request) => orThrow(await signalbox.runs.openLineage(callerOf(request), request.params.id)),
  )
}
