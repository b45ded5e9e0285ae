import { orThrow } from '#core/errors'
import { idParametersSchema } from '#wire/identifier'
import { monitorChangeAnswerSchema } from '#wire/monitor'
import {
  alertAnswerSchema,
  alertListAnswerSchema,
  alertsQuerySchema,
  answerAlertBodySchema,
  labelledPerformanceAnswerSchema,
  performanceQuerySchema,
  putScheduleBodySchema,
  scheduleAnswerSchema,
  sendLabelsBodySchema,
} from '#wire/monitor-follow'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

const params = idParametersSchema

/** What a monitor does by itself, what it has called for, and labels that come later. */
export function monitorFollowRoutes(context: RouteContext): void {
  scheduleRoutes(context)
  labelRoutes(context)
  alertRoutes(context)
}

function scheduleRoutes({ app, signalbox: { monitors } }: RouteContext): void {
  app.put(
    '/v1/monitors/:id/schedule',
    {
      schema: describeRoute({
        operationId: 'putMonitorSchedule',
        summary: 'Check the rows that a deployment keeps, at the times of a cron expression',
        request: { params, body: putScheduleBodySchema },
        answer: scheduleAnswerSchema,
        refusals: ['DEPLOYMENT_OF_ANOTHER_MODEL'],
      }),
    },
    async (request) => orThrow(await monitors.putSchedule(callerOf(request), request.params.id, request.body)),
  )

  app.get(
    '/v1/monitors/:id/schedule',
    {
      schema: describeRoute({
        operationId: 'getMonitorSchedule',
        summary: 'When a monitor checks by itself',
        request: { params },
        answer: scheduleAnswerSchema,
      }),
    },
    async (request) => orThrow(await monitors.schedule(callerOf(request), request.params.id)),
  )

  app.delete(
    '/v1/monitors/:id/schedule',
    {
      schema: describeRoute({
        operationId: 'removeMonitorSchedule',
        summary: 'Check nothing by itself any more',
        request: { params },
        answer: monitorChangeAnswerSchema,
        refusals: ['WRITE_CONFLICT'],
      }),
    },
    async (request) => orThrow(await monitors.removeSchedule(callerOf(request), request.params.id)),
  )
}

function labelRoutes({ app, signalbox: { monitors } }: RouteContext): void {
  const refusals = ['DEPLOYMENT_OF_ANOTHER_MODEL', 'COMPUTE_FAILED', 'COMPUTE_MEMORY_LIMIT', 'BLOB_MISSING'] as const
  app.post(
    '/v1/monitors/:id/labels',
    {
      schema: describeRoute({
        operationId: 'sendLabels',
        summary: 'Join labels by key to the rows that a deployment has kept, and measure how the model does on them',
        request: { params, body: sendLabelsBodySchema },
        answer: labelledPerformanceAnswerSchema,
        refusals: ['CAPTURE_WITHOUT_KEY', ...refusals],
      }),
    },
    async (request) => orThrow(await monitors.sendLabels(callerOf(request), request.params.id, request.body)),
  )

  app.get(
    '/v1/monitors/:id/performance',
    {
      schema: describeRoute({
        operationId: 'getPerformance',
        summary: 'How the model does on the kept rows that have a label',
        request: { params, querystring: performanceQuerySchema },
        answer: labelledPerformanceAnswerSchema,
        refusals,
      }),
    },
    async (request) => orThrow(await monitors.performance(callerOf(request), request.params.id, request.query.deployment_id)),
  )
}

function alertRoutes({ app, signalbox: { monitors } }: RouteContext): void {
  app.get(
    '/v1/monitors/:id/alerts',
    {
      schema: describeRoute({
        operationId: 'listMonitorAlerts',
        summary: 'The alerts of a monitor, newest first',
        request: { params, querystring: alertsQuerySchema },
        answer: alertListAnswerSchema,
      }),
    },
    async (request) => orThrow(await monitors.alerts(callerOf(request), request.params.id, request.query)),
  )

  app.patch(
    '/v1/monitors/alerts/:id',
    {
      schema: describeRoute({
        operationId: 'answerMonitorAlert',
        summary: 'Say who takes care of an alert, and that it was seen',
        request: { params, body: answerAlertBodySchema },
        answer: alertAnswerSchema,
      }),
    },
    async (request) => orThrow(await monitors.answerAlert(callerOf(request), request.params.id, request.body)),
  )
}
