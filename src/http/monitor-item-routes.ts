import { orThrow } from '#core/errors'
import { idParametersSchema } from '#wire/identifier'
import {
  addMonitorItemsAnswerSchema,
  addMonitorItemsBodySchema,
  alertRuleSchema,
  alertRulesAnswerSchema,
  deleteMonitorItemAnswerSchema,
  monitorItemsAnswerSchema,
} from '#wire/monitor'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

const params = idParametersSchema

/** What hangs on a monitor: rows that are kept with it, and its alert rules. */
export function monitorItemRoutes(context: RouteContext): void {
  itemRoutes(context)
  ruleRoutes(context)
}

function itemRoutes({ app, signalbox: { monitors } }: RouteContext): void {
  app.put(
    '/v1/monitors/monitor-items/add',
    {
      schema: describeRoute({
        operationId: 'addMonitorItems',
        summary: 'Keep rows with a monitor, each with what the model says of it',
        request: { body: addMonitorItemsBodySchema },
        answer: addMonitorItemsAnswerSchema,
        refusals: ['ROW_UNREADABLE'],
      }),
    },
    async (request) => orThrow(await monitors.addItems(callerOf(request), request.body)),
  )

  app.get(
    '/v1/monitors/monitor-items/:id',
    {
      schema: describeRoute({
        operationId: 'getMonitorItem',
        summary: 'A kept row by its id, or all of a monitor by the id of the monitor',
        request: { params },
        answer: monitorItemsAnswerSchema,
      }),
    },
    async (request) => orThrow(await monitors.items(callerOf(request), request.params.id)),
  )

  app.delete(
    '/v1/monitors/monitor-items/delete/:id',
    {
      schema: describeRoute({
        operationId: 'deleteMonitorItem',
        summary: 'Delete a kept row',
        request: { params },
        answer: deleteMonitorItemAnswerSchema,
        refusals: ['WRITE_CONFLICT'],
      }),
    },
    async (request) => orThrow(await monitors.deleteItem(callerOf(request), request.params.id)),
  )
}

function ruleRoutes({ app, signalbox: { monitors } }: RouteContext): void {
  app.get(
    '/v1/monitors/:id/alert-rules',
    {
      schema: describeRoute({
        operationId: 'getAlertRules',
        summary: 'When checks of a monitor alert',
        request: { params },
        answer: alertRulesAnswerSchema,
      }),
    },
    async (request) => orThrow(await monitors.alertRules(callerOf(request), request.params.id)),
  )

  app.put(
    '/v1/monitors/:id/alert-rules',
    {
      schema: describeRoute({
        operationId: 'putAlertRule',
        summary: 'Set the alert rule of its type',
        request: { params, body: alertRuleSchema },
        answer: alertRulesAnswerSchema,
      }),
    },
    async (request) => orThrow(await monitors.putAlertRule(callerOf(request), request.params.id, request.body)),
  )
}
