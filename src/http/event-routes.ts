import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { orThrow } from '#core/errors'
import { idParametersSchema } from '#wire/identifier'
import { runEventsQuerySchema } from '#wire/run-event'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import { eventFrames } from './event-frames.ts'
import { fileAnswerSchema } from './file-answer.ts'
import type { RouteContext } from './http-app.ts'
import { invalidField } from './invalid-request.ts'
import { receivedValue } from './received-value.ts'

/** The events of a run as Server-Sent Events. */
export function eventRoutes({ app, signalbox }: RouteContext): void {
  const open = new Set<AbortController>()
  // Closing waits for answers that have begun, and a stream would never end by itself.
  app.addHook('preClose', async () => {
    for (const stream of open) stream.abort()
  })
  app.get(
    '/v1/agentic/runs/:id/events',
    {
      schema: describeRoute({
        operationId: 'streamRunEvents',
        summary: 'The events of a run as they come; Last-Event-ID, or after, is the number of the last one that is known',
        request: { params: idParametersSchema, querystring: runEventsQuerySchema },
        answer: fileAnswerSchema,
        fileType: 'text/event-stream',
      }),
    },
    async (request, reply) => {
      const after = lastEventId(request) ?? request.query.after ?? 0
      const stopping = new AbortController()
      const frames = orThrow(await signalbox.events.stream(callerOf(request), request.params.id, { after, signal: stopping.signal }))
      open.add(stopping)
      reply.raw.once('close', () => {
        open.delete(stopping)
        stopping.abort()
      })
      reply.header('content-type', 'text/event-stream; charset=utf-8').header('x-accel-buffering', 'no')
      return Readable.from(eventFrames(frames, stopping.signal))
    },
  )
}

/** The number in the header with which an event source resumes; absent or empty it starts from the beginning. */
function lastEventId({ headers }: FastifyRequest): number | undefined {
  const value = headers['last-event-id']
  if (value === undefined || value === '') return undefined
  if (typeof value === 'string' && /^\d{1,9}$/.test(value)) return Number(value)
  throw invalidField({ field: 'Last-Event-ID', expected: 'the number of an event', received: receivedValue(value) })
}
