import type { FastifyRequest } from 'fastify'
import { orThrow } from '#core/errors'
import { sessionAnswerSchema, signInBodySchema } from '#wire/session'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { requireSameOrigin } from './same-origin.ts'
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from './session-cookie.ts'

/** Sign-in of browsers: an API key is exchanged for a session that no script can read. */
export function sessionRoutes({ app, signalbox, publicUrl }: RouteContext): void {
  const isSecure = (request: FastifyRequest) => (publicUrl ?? `${request.protocol}:`).startsWith('https:')
  const described = { answer: sessionAnswerSchema, keyless: true } as const

  app.post(
    '/v1/session',
    { schema: describeRoute({ ...described, operationId: 'signIn', summary: 'Exchange an API key for a session cookie', request: { body: signInBodySchema }, refusals: ['UNAUTHENTICATED', 'FORBIDDEN', 'DATABASE_UNAVAILABLE'] }) },
    async (request, reply) => {
      // A page of another site must not sign anybody in as somebody else; a program that says nothing of itself may.
      if (request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined) requireSameOrigin(request, publicUrl)
      const { token, session } = orThrow(await signalbox.access.signIn(request.body.api_key))
      setSessionCookie(reply, { token, expires: new Date(session.expires_at), secure: isSecure(request) })
      return { session }
    },
  )

  app.get(
    '/v1/session',
    { schema: describeRoute({ ...described, operationId: 'getSession', summary: 'Whose session this is; null where nobody is signed in', request: {}, refusals: ['DATABASE_UNAVAILABLE'] }) },
    async (request) => {
      const token = sessionTokenOf(request)
      const found = token === undefined ? undefined : await signalbox.access.authenticateSession(token)
      return { session: found?.ok === true ? found.value.session : null }
    },
  )

  app.delete(
    '/v1/session',
    { schema: describeRoute({ ...described, operationId: 'signOut', summary: 'End the session', request: {}, refusals: ['FORBIDDEN', 'DATABASE_UNAVAILABLE'] }) },
    async (request, reply) => {
      requireSameOrigin(request, publicUrl)
      const token = sessionTokenOf(request)
      if (token !== undefined) await signalbox.access.signOut(token)
      clearSessionCookie(reply, isSecure(request))
      return { session: null }
    },
  )
}
