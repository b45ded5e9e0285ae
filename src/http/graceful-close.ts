import type { FastifyInstance } from 'fastify'
import { SignalboxError } from '#core/errors'

const patienceMs = 5_000

/** While closing: what runs may end, what comes is refused with a code, and what does not end is cut off. */
export function closeGracefully(app: FastifyInstance): void {
  let closing = false
  app.addHook('onRequest', (_request, _reply, done) => {
    if (closing) done(new SignalboxError({ code: 'SHUTTING_DOWN', message: 'The server is stopping.' }))
    else done()
  })
  app.addHook('preClose', async () => {
    closing = true
    setTimeout(() => app.server.closeAllConnections(), patienceMs).unref()
  })
}
