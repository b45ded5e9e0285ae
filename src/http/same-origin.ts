import type { FastifyRequest } from 'fastify'
import { SignalboxError } from '#core/errors'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site made a browser send with its cookie. Browsers say where a request comes from; one that
 * says nothing is refused too, since whoever is no browser can send a key.
 */
export function requireSameOrigin(request: FastifyRequest, publicUrl: string | undefined): void {
  if (safe.has(request.method) || isSameOrigin(request, publicUrl)) return
  throw new SignalboxError({
    code: 'FORBIDDEN',
    message: 'This request carries a session, and does not come from a page of this server.',
    suggestion: 'Send it from the studio, or send an API key in the header "api_key" instead of the cookie.',
  })
}

function isSameOrigin({ headers, host }: FastifyRequest, publicUrl: string | undefined): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const { origin } = headers
  if (origin === undefined || !URL.canParse(origin)) return false
  const from = new URL(origin)
  return from.host === host || (publicUrl !== undefined && from.origin === new URL(publicUrl).origin)
}
