import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { orThrow } from '#core/errors'
import type { BatchOfRows } from '#service/monitors-facade'
import { idParametersSchema } from '#wire/identifier'
import { checksQuerySchema, monitorChecksAnswerSchema } from '#wire/monitor'
import { checkBatchSchema, checkMonitorAnswerSchema, checkMonitorBodySchema, checkMonitorFieldsSchema, checkParametersSchema, checkQuerySchema } from '#wire/monitor-check'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { readText } from './inference-routes.ts'
import { answerOnce } from './repeatable.ts'
import { readFields } from './request-validator.ts'

const params = idParametersSchema

/** A batch is checked, and the checks that were made. */
export function monitorCheckRoutes({ app, signalbox, receiveFile }: RouteContext): void {
  const check = (request: FastifyRequest<{ Params: { id: string }; Querystring: z.infer<typeof checkQuerySchema> }>, sent: BatchOfRows, bodyHash?: string) => {
    const { method } = request.query
    const work = () => signalbox.monitors.check(callerOf(request), request.params.id, { sent, method })
    return answerOnce(signalbox, { request, answer: checkMonitorAnswerSchema, ...(bodyHash === undefined ? {} : { bodyHash }) }, work)
  }

  app.post(
    '/v1/monitors/:id/check',
    {
      schema: describeRoute({
        operationId: 'checkMonitor',
        summary: 'Compare a batch of raw rows, as JSON, as a CSV, Parquet or other table file, or as a dataset, with the rows that the model was trained on',
        request: { params, querystring: checkQuerySchema, body: checkMonitorBodySchema },
        form: checkMonitorFieldsSchema,
        answer: checkMonitorAnswerSchema,
        refusals: ['FILE_EMPTY', 'FILE_UNREADABLE', 'ROW_UNREADABLE', 'COMPUTE_FAILED', 'COMPUTE_MEMORY_LIMIT', 'BLOB_MISSING', 'DATASET_NOT_FOUND'],
      }),
    },
    async (request) => {
      if (!request.isMultipart()) return check(request, sentBatch(readFields(checkBatchSchema, request.body)))
      return receiveFile(request, async ({ path, fileName, hash }) => check(request, isText(fileName) ? { csv: await readText(path) } : { path, file_name: fileName }, hash))
    },
  )

  app.get(
    '/v1/monitors/:id/checks',
    {
      schema: describeRoute({
        operationId: 'listMonitorChecks',
        summary: 'The checks of a monitor, newest first',
        request: { params, querystring: checksQuerySchema },
        answer: monitorChecksAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.monitors.checks(callerOf(request), request.params.id, request.query)),
  )
}

/** What one check found. */
export function monitorCheckReadRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/monitors/:id/checks/:check_id',
    {
      schema: describeRoute({
        operationId: 'getMonitorCheck',
        summary: 'What a check found, as it was answered then',
        request: { params: checkParametersSchema },
        answer: checkMonitorAnswerSchema,
        refusals: ['BLOB_MISSING'],
      }),
    },
    async (request) => orThrow(await signalbox.monitors.readCheck(callerOf(request), request.params.id, request.params.check_id)),
  )
}

/** Other kinds of files are read as datasets are. */
function isText(fileName: string): boolean {
  return !/\.(?:parquet|xlsx|json|jsonl|ndjson|gz)$/iu.test(fileName)
}

function sentBatch({ rows, dataset_id }: z.infer<typeof checkBatchSchema>): BatchOfRows {
  return dataset_id == null ? { rows: rows ?? [] } : { dataset_id }
}
