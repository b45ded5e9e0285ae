import { orThrow } from '#core/errors'
import { idParametersSchema } from '#wire/identifier'
import { reportPreviewQuerySchema } from '#wire/report-preview'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import { fileAnswerSchema, inlineFile } from './file-answer.ts'
import type { RouteContext } from './http-app.ts'
import { reportPolicy } from './report-routes.ts'

/** The report of a run as it would read now. */
export function reportPreviewRoute({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/agentic/runs/:id/report-preview',
    {
      schema: describeRoute({
        operationId: 'previewReport',
        summary: 'The report of a run as it would read if it were written now; kept nowhere',
        request: { params: idParametersSchema, querystring: reportPreviewQuerySchema },
        answer: fileAnswerSchema,
        fileType: 'text/html',
        refusals: ['BLOB_MISSING', 'CHAIN_BROKEN', 'RUN_WITHOUT_MODEL', 'CHOICE_OUT_OF_RANGE', 'CUSTOM_REFUSED'],
      }),
    },
    async (request, reply) => {
      const report = orThrow(await signalbox.reports.preview(callerOf(request), request.params.id, request.query))
      reply.header('content-security-policy', reportPolicy(report.text))
      return inlineFile(reply, report)
    },
  )
}
