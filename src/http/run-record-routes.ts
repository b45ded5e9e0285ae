import { orThrow } from '#core/errors'
import { idParametersSchema, teamParametersSchema } from '#wire/identifier'
import {
  openRunAnswerSchema,
  openRunBodySchema,
  runRecordListSchema,
  runRecordSchema,
  teamRunsQuerySchema,
} from '#wire/run-record'
import { callerOf, checkTeam } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { answerOnce } from './repeatable.ts'

/** The plain run routes of existing clients: open, read, list. */
export function runRecordRoutes({ app, signalbox }: RouteContext): void {
  app.post(
    '/v1/runs',
    {
      schema: describeRoute({
        operationId: 'openRun',
        summary: 'Open a run on a stored dataset without starting it',
        request: { body: openRunBodySchema },
        answer: openRunAnswerSchema,
        refusals: ['DATASET_REQUIRED', 'DATASET_NOT_FOUND', 'RUN_ALREADY_STARTED'],
      }),
    },
    async (request) => {
      const caller = callerOf(request)
      checkTeam(caller, request.body.team_id)
      return answerOnce(signalbox, { request, answer: openRunAnswerSchema }, () =>
        signalbox.runs.open(caller, request.body),
      )
    },
  )

  app.get(
    '/v1/runs/:id',
    {
      schema: describeRoute({
        operationId: 'getRunRecord',
        summary: 'A run in short',
        request: { params: idParametersSchema },
        answer: runRecordSchema,
      }),
    },
    async (request) => orThrow(await signalbox.runs.record(callerOf(request), request.params.id)),
  )

  app.get(
    '/v1/runs/teams/:team_id',
    {
      schema: describeRoute({
        operationId: 'listTeamRuns',
        summary: 'The runs of a team, newest first',
        request: { params: teamParametersSchema, querystring: teamRunsQuerySchema },
        answer: runRecordListSchema,
      }),
    },
    async (request) =>
      orThrow(await signalbox.runs.listOfTeam(callerOf(request), request.params.team_id, request.query)),
  )
}
