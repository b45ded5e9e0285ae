import { LogController, type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'

/** Fastify's own lines would hold addresses with tokens in them. */
export const noRequestLog = new LogController({ disableRequestLogging: true })

/** One line an answer, with the route's pattern and not the address that was asked for. Nothing is put together for a line that nobody reads. */
export function logRequests(app: FastifyInstance, logger: Logger): void {
  app.addHook('onResponse', (request, reply, done) => {
    if (logger.isLevelEnabled('debug')) {
      const { id, method, routeOptions } = request
      logger.debug({ request_id: id, method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered')
    }
    done()
  })
}
