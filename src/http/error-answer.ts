import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { SignalboxError, type Refusal } from '#core/errors'
import { errorBody, internalRefusal } from './error-body.ts'
import { errorStatus } from './error-status.ts'
import { frameworkRefusal } from './framework-refusal.ts'

/** Turns everything that is thrown on the way into an answer with a code; the only place that does. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => sendRefusal(reply, refusalOf(error, request)))
}

export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const status = errorStatus[refusal.code]
  if (status === 429 || status === 503) reply.header('retry-after', '1')
  return reply.code(status).type('application/json; charset=utf-8').send(errorBody(refusal))
}

function refusalOf(error: unknown, request: FastifyRequest): Refusal {
  const refusal = error instanceof SignalboxError ? error.refusal() : frameworkRefusal(error)
  if (refusal !== undefined && errorStatus[refusal.code] < 500) return refusal
  request.log.error({ err: error, request_id: request.id, route: request.routeOptions.url }, 'a request failed')
  return refusal === undefined || refusal.code === 'INTERNAL' ? internalRefusal(request.id) : refusal
}
