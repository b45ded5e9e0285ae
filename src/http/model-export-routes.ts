import { createHash } from 'node:crypto'
import { orThrow } from '#core/errors'
import { exportHeaders, exportListAnswerSchema, exportQuerySchema } from '#wire/model-export'
import { versionParametersSchema } from '#wire/prediction'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import { fileAnswer, fileAnswerSchema } from './file-answer.ts'
import type { RouteContext } from './http-app.ts'

/** Model versions as files that score elsewhere as the API does. */
export function modelExportRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/models/exports/:version_id',
    {
      schema: describeRoute({
        operationId: 'listModelExports',
        summary: 'The formats that a version can be exported to, and what each says of it',
        request: { params: versionParametersSchema },
        answer: exportListAnswerSchema,
        refusals: ['BLOB_MISSING'],
      }),
    },
    async (request) => orThrow(await signalbox.exports.list(callerOf(request), request.params.version_id)),
  )

  app.get(
    '/v1/models/export/:version_id',
    {
      schema: describeRoute({
        operationId: 'exportModel',
        summary: 'Pipeline and model as one file that scores as the API does, with check rows to verify it',
        request: { params: versionParametersSchema, querystring: exportQuerySchema },
        answer: fileAnswerSchema,
        fileType: 'application/octet-stream',
        refusals: ['EXPORT_STEP_UNSAYABLE', 'EXPORT_UNSAYABLE', 'EXPORT_DIFFERS', 'BLOB_MISSING'],
      }),
    },
    async (request, reply) => {
      const { content, checked, takes, ...file } = orThrow(await signalbox.exports.read(callerOf(request), request.params.version_id, request.query))
      const bytes = Buffer.from(content)
      reply.header(exportHeaders.hash, createHash('sha256').update(bytes).digest('hex'))
      reply.header(exportHeaders.takes, takes)
      if (checked !== null) reply.headers({ [exportHeaders.checkedRows]: checked.rows, [exportHeaders.largestDifference]: checked.largest_difference })
      return fileAnswer(reply, { ...file, bytes: bytes.length, chunks: oneChunk(bytes) })
    },
  )
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
