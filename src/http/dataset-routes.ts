import { orThrow, type ErrorCode } from '#core/errors'
import {
  datasetAnswerSchema,
  datasetListAnswerSchema,
  deleteDatasetAnswerSchema,
  downloadQuerySchema,
  missingAnswerSchema,
  missingQuerySchema,
  presignAnswerSchema,
  previewQuerySchema,
  uploadDatasetAnswerSchema,
  uploadDatasetFieldsSchema,
  writtenPreviewSchema,
} from '#wire/dataset'
import { idParametersSchema, teamParametersSchema } from '#wire/identifier'
import { absoluteUrl } from './absolute-url.ts'
import { callerOf, checkTeam } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import { fileAnswer, fileAnswerSchema } from './file-answer.ts'
import type { RouteContext } from './http-app.ts'
import { answerOnce } from './repeatable.ts'
import { readFields } from './request-validator.ts'

/** What a file can be refused for. */
export const fileRefusals: readonly ErrorCode[] = [
  'FILE_EMPTY',
  'FILE_HEADER_ONLY',
  'FILE_BINARY',
  'FILE_UNREADABLE',
  'TOO_MANY_COLUMNS',
]

/** Tables: in, looked at, out, gone. */
export function datasetRoutes(context: RouteContext): void {
  uploadRoute(context)
  storedDatasetRoutes(context)
  lookRoutes(context)
  outgoingRoutes(context)
}

function uploadRoute({ app, signalbox, receiveFile }: RouteContext): void {
  app.post(
    '/v1/datasets/upload',
    {
      schema: describeRoute({
        operationId: 'uploadDataset',
        summary: 'Store a CSV, TSV, JSON, XLSX or Parquet file, packed with gzip or not',
        request: {},
        form: uploadDatasetFieldsSchema,
        answer: uploadDatasetAnswerSchema,
        refusals: fileRefusals,
      }),
    },
    async (request) =>
      receiveFile(request, async ({ path, fileName, fields, hash }) => {
        const { name, description, team_id, read_options } = readFields(uploadDatasetFieldsSchema, fields)
        const caller = callerOf(request)
        checkTeam(caller, team_id)
        const file = { path, file_name: fileName, name, description: description ?? null, read_options: read_options ?? null }
        const once = { request, answer: uploadDatasetAnswerSchema, bodyHash: hash }
        return answerOnce(signalbox, once, () => signalbox.datasets.upload(caller, file))
      }),
  )
}

function storedDatasetRoutes({ app, signalbox }: RouteContext): void {
  const params = idParametersSchema

  app.get(
    '/v1/datasets/teams/:team_id',
    {
      schema: describeRoute({
        operationId: 'listDatasets',
        summary: 'The datasets of a team',
        request: { params: teamParametersSchema },
        answer: datasetListAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.datasets.list(callerOf(request), request.params.team_id)),
  )

  app.get(
    '/v1/datasets/:id',
    {
      schema: describeRoute({
        operationId: 'getDataset',
        summary: 'What a dataset is',
        request: { params },
        answer: datasetAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.datasets.read(callerOf(request), request.params.id)),
  )

  app.delete(
    '/v1/datasets/:id',
    {
      schema: describeRoute({
        operationId: 'deleteDataset',
        summary: 'Delete a dataset that no run uses',
        request: { params },
        answer: deleteDatasetAnswerSchema,
        refusals: ['DATASET_IN_USE', 'WRITE_CONFLICT'],
      }),
    },
    async (request) => orThrow(await signalbox.datasets.delete(callerOf(request), request.params.id)),
  )
}

/** Rows of a table, and where it has none. */
function lookRoutes({ app, signalbox }: RouteContext): void {
  const params = idParametersSchema

  app.get(
    '/v1/datasets/:id/preview',
    {
      schema: describeRoute({
        operationId: 'previewDataset',
        summary: 'Some rows of a dataset',
        request: { params, querystring: previewQuerySchema },
        answer: writtenPreviewSchema,
      }),
    },
    async (request) => orThrow(await signalbox.datasets.preview(callerOf(request), request.params.id, request.query)),
  )

  app.get(
    '/v1/datasets/:id/missing',
    {
      schema: describeRoute({
        operationId: 'missingValues',
        summary: 'Where values are missing along a dataset',
        request: { params, querystring: missingQuerySchema },
        answer: missingAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.datasets.missing(callerOf(request), request.params.id, request.query)),
  )
}

function outgoingRoutes({ app, signalbox, publicUrl }: RouteContext): void {
  const params = idParametersSchema

  app.get(
    '/v1/datasets/:id/download',
    {
      schema: describeRoute({
        operationId: 'downloadDataset',
        summary: 'The whole dataset as CSV',
        request: { params, querystring: downloadQuerySchema },
        answer: fileAnswerSchema,
        fileType: 'text/csv',
      }),
    },
    async (request, reply) =>
      fileAnswer(reply, orThrow(await signalbox.datasets.downloadCsv(callerOf(request), request.params.id))),
  )

  app.get(
    '/v1/datasets/:id/set-aside',
    {
      schema: describeRoute({
        operationId: 'downloadSetAside',
        summary: 'The rows of the file that are none of the dataset, as CSV with the reason of each',
        request: { params },
        answer: fileAnswerSchema,
        fileType: 'text/csv',
        refusals: ['BLOB_MISSING'],
      }),
    },
    async (request, reply) =>
      fileAnswer(reply, orThrow(await signalbox.datasets.downloadSetAside(callerOf(request), request.params.id))),
  )

  app.get(
    '/v1/datasets/:id/presign',
    {
      schema: describeRoute({
        operationId: 'presignDataset',
        summary: 'An address of the stored Parquet file that needs no key until it expires',
        request: { params },
        answer: presignAnswerSchema,
      }),
    },
    async (request) => {
      const { token, expires_at } = orThrow(await signalbox.datasets.presign(callerOf(request), request.params.id))
      return { url: absoluteUrl(request, `/v1/presigned/${encodeURIComponent(token)}`, publicUrl), expires_at }
    },
  )
}
