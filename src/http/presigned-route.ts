import { orThrow } from '#core/errors'
import { tokenParametersSchema } from '#wire/identifier'
import { describeRoute } from './describe-route.ts'
import { fileAnswer, fileAnswerSchema } from './file-answer.ts'
import type { RouteContext } from './http-app.ts'

/** The other end of a presigned address: the token is the permission. */
export function presignedRoute({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/presigned/:token',
    {
      schema: describeRoute({
        operationId: 'fetchPresigned',
        summary: 'The Parquet file that a presigned address points at',
        request: { params: tokenParametersSchema },
        answer: fileAnswerSchema,
        fileType: 'application/vnd.apache.parquet',
        keyless: true,
        refusals: ['DATABASE_UNAVAILABLE'],
      }),
    },
    async (request, reply) => fileAnswer(reply, orThrow(await signalbox.datasets.presigned(request.params.token))),
  )
}
