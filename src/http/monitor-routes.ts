import { orThrow } from '#core/errors'
import { idParametersSchema, teamParametersSchema } from '#wire/identifier'
import {
  createMonitorAnswerSchema,
  createMonitorBodySchema,
  describeMonitorBodySchema,
  monitorAnswerSchema,
  monitorChangeAnswerSchema,
  monitorListAnswerSchema,
  renameMonitorBodySchema,
} from '#wire/monitor'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

const params = idParametersSchema

/** Monitors: made, looked at, edited, gone. */
export function monitorRoutes(context: RouteContext): void {
  makingRoutes(context)
  readingRoutes(context)
}

function makingRoutes({ app, signalbox: { monitors } }: RouteContext): void {
  app.put(
    '/v1/monitors/create',
    {
      schema: describeRoute({
        operationId: 'createMonitor',
        summary: 'Make a monitor of the newest version of a model, from the rows that it was trained on',
        request: { body: createMonitorBodySchema },
        answer: createMonitorAnswerSchema,
        refusals: ['CUSTOM_REFUSED', 'COMPUTE_FAILED', 'COMPUTE_MEMORY_LIMIT', 'BLOB_MISSING'],
      }),
    },
    async (request) => orThrow(await monitors.create(callerOf(request), request.body)),
  )

  app.patch(
    '/v1/monitors/edit/name',
    {
      schema: describeRoute({
        operationId: 'renameMonitor',
        summary: 'Give a monitor another name',
        request: { body: renameMonitorBodySchema },
        answer: monitorChangeAnswerSchema,
      }),
    },
    async (request) => orThrow(await monitors.rename(callerOf(request), request.body)),
  )

  app.patch(
    '/v1/monitors/edit/description',
    {
      schema: describeRoute({
        operationId: 'describeMonitor',
        summary: 'Give a monitor another description',
        request: { body: describeMonitorBodySchema },
        answer: monitorChangeAnswerSchema,
      }),
    },
    async (request) => orThrow(await monitors.describe(callerOf(request), request.body)),
  )

  app.delete(
    '/v1/monitors/delete/:id',
    {
      schema: describeRoute({
        operationId: 'deleteMonitor',
        summary: 'Delete a monitor and its checks',
        request: { params },
        answer: monitorChangeAnswerSchema,
        refusals: ['WRITE_CONFLICT'],
      }),
    },
    async (request) => orThrow(await monitors.delete(callerOf(request), request.params.id)),
  )
}

function readingRoutes({ app, signalbox: { monitors } }: RouteContext): void {
  app.get(
    '/v1/monitors/model/:id',
    {
      schema: describeRoute({
        operationId: 'listModelMonitors',
        summary: 'The monitors of a model, newest first',
        request: { params },
        answer: monitorListAnswerSchema,
      }),
    },
    async (request) => orThrow(await monitors.listOfModel(callerOf(request), request.params.id)),
  )

  app.get(
    '/v1/monitors/teams/:team_id',
    {
      schema: describeRoute({
        operationId: 'listMonitors',
        summary: 'The monitors of a team, newest first',
        request: { params: teamParametersSchema },
        answer: monitorListAnswerSchema,
      }),
    },
    async (request) => orThrow(await monitors.listOfTeam(callerOf(request), request.params.team_id)),
  )

  app.get(
    '/v1/monitors/:id',
    {
      schema: describeRoute({
        operationId: 'getMonitor',
        summary: 'What a monitor watches, and how it stands',
        request: { params },
        answer: monitorAnswerSchema,
      }),
    },
    async (request) => orThrow(await monitors.read(callerOf(request), request.params.id)),
  )
}
