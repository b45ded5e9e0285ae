import { orThrow } from '#core/errors'
import { idParametersSchema } from '#wire/identifier'
import {
  cancelRunAnswerSchema,
  deleteRunAnswerSchema,
  emptyBodySchema,
  resumeRunAnswerSchema,
  skipPhaseAnswerSchema,
} from '#wire/run-commands'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { answerOnce } from './repeatable.ts'

const params = idParametersSchema
const bare = { params, body: emptyBodySchema }

/** What may be done to a run besides deciding. */
export function agenticCommandRoutes(context: RouteContext): void {
  commandRoutes(context)
  deleteRoute(context)
}

function commandRoutes({ app, signalbox }: RouteContext): void {
  app.post(
    '/v1/agentic/runs/:id/cancel',
    {
      schema: describeRoute({
        operationId: 'cancelRun',
        summary: 'End a run for good',
        request: bare,
        answer: cancelRunAnswerSchema,
        refusals: ['RUN_ENDED'],
      }),
    },
    async (request) =>
      answerOnce(signalbox, { request, answer: cancelRunAnswerSchema }, () =>
        signalbox.runs.cancel(callerOf(request), request.params.id),
      ),
  )

  app.post(
    '/v1/agentic/runs/:id/skip-phase',
    {
      schema: describeRoute({
        operationId: 'skipPhase',
        summary: 'Go on without the phase that computes or waits',
        request: bare,
        answer: skipPhaseAnswerSchema,
        refusals: ['NOTHING_TO_SKIP', 'RUN_NOT_STARTED', 'RUN_ENDED'],
      }),
    },
    async (request) =>
      answerOnce(signalbox, { request, answer: skipPhaseAnswerSchema }, () =>
        signalbox.runs.skipPhase(callerOf(request), request.params.id),
      ),
  )

  app.post(
    '/v1/agentic/runs/:id/resume',
    {
      schema: describeRoute({
        operationId: 'resumeRun',
        summary: 'Let a paused run go on, or a failed one try again',
        request: bare,
        answer: resumeRunAnswerSchema,
        refusals: ['NOT_PAUSED', 'RUN_NOT_STARTED', 'RUN_ENDED'],
      }),
    },
    async (request) =>
      answerOnce(signalbox, { request, answer: resumeRunAnswerSchema }, () =>
        signalbox.runs.resume(callerOf(request), request.params.id),
      ),
  )
}

function deleteRoute({ app, signalbox }: RouteContext): void {
  app.delete(
    '/v1/agentic/runs/:id',
    {
      schema: describeRoute({
        operationId: 'deleteRun',
        summary: 'Delete an ended run',
        request: { params },
        answer: deleteRunAnswerSchema,
        refusals: ['RUN_NOT_ENDED', 'DEPLOYMENT_ACTIVE', 'WRITE_CONFLICT'],
      }),
    },
    async (request) => orThrow(await signalbox.runs.delete(callerOf(request), request.params.id)),
  )
}
