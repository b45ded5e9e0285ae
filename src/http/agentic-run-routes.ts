import { orThrow, type ErrorCode } from '#core/errors'
import { idParametersSchema } from '#wire/identifier'
import { phasesAnswerSchema } from '#wire/phase-status'
import { runListAnswerSchema, runListQuerySchema } from '#wire/run-list'
import { runStateAnswerSchema } from '#wire/run-state'
import { startRunAnswerSchema, startRunBodySchema } from '#wire/start-run'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { answerOnce } from './repeatable.ts'

const params = idParametersSchema

const startRefusals: readonly ErrorCode[] = [
  'DATASET_REQUIRED',
  'DATASET_NOT_FOUND',
  'PHASE_UNKNOWN',
  'PHASE_NOT_OFFERED',
  'PHASE_PLAN_ORDER',
  'PHASE_PLAN_NEEDS',
  'RUN_ALREADY_STARTED',
  'RUN_ENDED',
  'LABEL_UNKNOWN_COLUMN',
]

/** Starting a run, and looking at runs. */
export function agenticRunRoutes(context: RouteContext): void {
  startAndListRoutes(context)
  runViewRoutes(context)
}

function startAndListRoutes({ app, signalbox }: RouteContext): void {
  app.post(
    '/v1/agentic/runs',
    {
      schema: describeRoute({
        operationId: 'startRun',
        summary: 'Start a run on an opened run or a stored dataset',
        request: { body: startRunBodySchema },
        answer: startRunAnswerSchema,
        refusals: startRefusals,
      }),
    },
    async (request) =>
      answerOnce(signalbox, { request, answer: startRunAnswerSchema }, () =>
        signalbox.runs.start(callerOf(request), request.body),
      ),
  )

  app.get(
    '/v1/agentic/runs',
    {
      schema: describeRoute({
        operationId: 'listRuns',
        summary: 'The runs of the team, newest first',
        request: { querystring: runListQuerySchema },
        answer: runListAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.runs.list(callerOf(request), request.query)),
  )
}

function runViewRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/agentic/runs/:id',
    {
      schema: describeRoute({
        operationId: 'getRunState',
        summary: 'A run as it stands',
        request: { params },
        answer: runStateAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.runs.read(callerOf(request), request.params.id)),
  )

  app.get(
    '/v1/agentic/runs/:id/phases',
    {
      schema: describeRoute({
        operationId: 'getPhases',
        summary: 'The planned phases in order',
        request: { params },
        answer: phasesAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.runs.phases(callerOf(request), request.params.id)),
  )
}
