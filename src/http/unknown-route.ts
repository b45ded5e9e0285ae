import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '#core/errors'
import { sendRefusal } from './error-answer.ts'
import { insteadOf } from './original-routes.ts'
import type { StudioPage } from './studio-page.ts'

interface KnownRoute {
  readonly pattern: RegExp
  readonly methods: readonly string[]
}

/** Answers what no route matches: a wrong method on a known path, a path of the original, or any other. */
export function answerUnknownRoutes(app: FastifyInstance, page: StudioPage): void {
  const known: KnownRoute[] = []
  app.addHook('onRoute', ({ url, method }) => {
    known.push({ pattern: patternOf(url), methods: [method].flat() })
  })
  const answer = (request: FastifyRequest, reply: FastifyReply) =>
    page.isMeant(request) ? page.send(reply) : sendUnknown(request, reply, methodsOf(known, pathOf(request)))
  // Answered before the body is looked at: what is wrong with it does not matter here.
  app.addHook('onRequest', (request, reply, done) => {
    if (request.is404) answer(request, reply)
    else done()
  })
  app.setNotFoundHandler(answer)
}

function sendUnknown(request: FastifyRequest, reply: FastifyReply, methods: readonly string[]): FastifyReply {
  const path = pathOf(request)
  const shown = JSON.stringify(`${request.method} ${path.slice(0, 200)}`)
  const instead = insteadOf(request.method, path)
  if (instead !== undefined) {
    return sendRefusal(reply, refuse('NOT_OFFERED', `The route ${shown} of the original service is not part of Signalbox.`, { suggestion: instead }).refusal)
  }
  // A file of the studio that went while the server runs has a route with this very method.
  if (methods.length > 0 && !methods.includes(request.method)) {
    reply.header('allow', methods.join(', '))
    const message = `${shown} is not offered; this path takes ${methods.join(', ')}.`
    return sendRefusal(reply, refuse('METHOD_NOT_ALLOWED', message).refusal)
  }
  const code = path.startsWith('/v1/') ? 'NOT_OFFERED' : 'ROUTE_NOT_FOUND'
  return sendRefusal(reply, refuse(code, `There is no route ${shown}.`).refusal)
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? ''
}

function methodsOf(known: readonly KnownRoute[], path: string): string[] {
  return [...new Set(known.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods))]
}

function patternOf(url: string): RegExp {
  const escaped = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)))
  return new RegExp(`^${escaped.join('/')}$`)
}
