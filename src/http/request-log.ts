import { LogController, type FastifyInstance } from 'fastify'

/** Fastify's own lines would hold addresses with tokens in them. */
export const noRequestLog = new LogController({ disableRequestLogging: true })

/** One line an answer, with the route's pattern and not the address that was asked for. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.debug(
      {
        request_id: request.id,
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    )
  })
}
