import type { FastifyRequest } from 'fastify'
import { orThrow } from '#core/errors'
import type { BatchOfRows } from '#service/signalbox'
import { idParametersSchema } from '#wire/identifier'
import { checksQuerySchema, monitorChecksAnswerSchema } from '#wire/monitor'
import { checkBatchSchema, checkMonitorAnswerSchema, checkMonitorBodySchema, checkMonitorFieldsSchema } from '#wire/monitor-check'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { readText } from './inference-routes.ts'
import { answerOnce } from './repeatable.ts'
import { readFields } from './request-validator.ts'

const params = idParametersSchema

/** A batch is checked, and the checks that were made. */
export function monitorCheckRoutes({ app, signalbox, receiveFile }: RouteContext): void {
  const check = (request: FastifyRequest<{ Params: { id: string } }>, sent: BatchOfRows, bodyHash?: string) => {
    const work = () => signalbox.monitors.check(callerOf(request), request.params.id, sent)
    return answerOnce(signalbox, { request, answer: checkMonitorAnswerSchema, ...(bodyHash === undefined ? {} : { bodyHash }) }, work)
  }

  app.post(
    '/v1/monitors/:id/check',
    {
      schema: describeRoute({
        operationId: 'checkMonitor',
        summary: 'Compare a batch of raw rows, as JSON or as a CSV file, with the rows that the model was trained on',
        request: { params, body: checkMonitorBodySchema },
        form: checkMonitorFieldsSchema,
        answer: checkMonitorAnswerSchema,
        refusals: ['FILE_EMPTY', 'FILE_UNREADABLE', 'ROW_UNREADABLE', 'COMPUTE_FAILED', 'COMPUTE_MEMORY_LIMIT', 'BLOB_MISSING'],
      }),
    },
    async (request) => {
      if (!request.isMultipart()) return check(request, readFields(checkBatchSchema, request.body))
      return receiveFile(request, async ({ path, hash }) => check(request, { csv: await readText(path) }, hash))
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
