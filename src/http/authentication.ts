import type { FastifyInstance, FastifyRequest } from 'fastify'
import { orThrow, SignalboxError } from '#core/errors'
import type { Access, Caller } from '#service/signalbox'
import { requireSameOrigin } from './same-origin.ts'
import { sessionTokenOf } from './session-cookie.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route that needs a key. */
    caller: Caller | null
  }
}

const longestSecret = 512

/** Asks every request of this scope for a key, or for a session that stands on one, before anything of it is read. */
export function requireKey(app: FastifyInstance, access: Access, publicUrl: string | undefined): void {
  app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request) => {
    const token = keyOf(request) === undefined ? sessionTokenOf(request) : undefined
    if (token !== undefined) requireSameOrigin(request, publicUrl)
    const caller = token === undefined ? orThrow(await access.authenticate(secretOf(request))) : orThrow(await access.authenticateSession(token)).caller
    checkOwn('team', caller.team_id, request.headers.team_id)
    checkOwn('organisation', caller.org_id, request.headers.org_id)
    request.caller = caller
  })
}

export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error('this route was registered outside the scope that asks for a key')
  return request.caller
}

/** Refuses the id of a team that is not the caller's, as an unknown one. Absent means the caller's own. */
export function checkTeam(caller: Caller, teamId: string | null | undefined): void {
  checkOwn('team', caller.team_id, teamId ?? undefined)
}

function checkOwn(noun: string, own: string, named: string | string[] | undefined): void {
  if (named === undefined || named === '') return
  if (String(named).toLowerCase() === own) return
  throw new SignalboxError({
    code: 'NOT_FOUND',
    message: `There is no such ${noun} for this key.`,
    suggestion: `GET /v1/connect tells the ${noun} of your key; leave the id out to mean it.`,
  })
}

/** The key that a request carries, in whichever header. */
export function secretOf(request: FastifyRequest): string {
  const secret = keyOf(request)
  if (secret === undefined)
    throw new SignalboxError({ code: 'UNAUTHENTICATED', message: 'The request carries no key.' })
  if (secret.length > longestSecret)
    throw new SignalboxError({ code: 'UNAUTHENTICATED', message: 'The key is not valid.' })
  return secret
}

function keyOf({ headers }: FastifyRequest): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
  return [headers.api_key, bearer, headers['x-api-key']].find((value): value is string => typeof value === 'string' && value !== '')
}
