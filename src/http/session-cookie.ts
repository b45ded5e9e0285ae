import type { FastifyReply, FastifyRequest } from 'fastify'

const name = 'signalbox_session'

/** The session that a browser carries; undefined where it carries none. */
export function sessionTokenOf(request: FastifyRequest): string | undefined {
  const pair = (request.headers.cookie ?? '').split(/; */).find((part) => part.startsWith(`${name}=`))
  const token = pair?.slice(name.length + 1)
  return token !== undefined && /^[\w-]{16,200}$/.test(token) ? token : undefined
}

interface NewCookie {
  readonly token: string
  readonly expires: Date
  readonly secure: boolean
}

/** No script can read it, and no other site can send it. */
export function setSessionCookie(reply: FastifyReply, { token, expires, secure }: NewCookie): void {
  const parts = [`${name}=${token}`, 'Path=/', 'HttpOnly', 'SameSite=Strict', `Expires=${expires.toUTCString()}`]
  reply.header('set-cookie', [...parts, ...(secure ? ['Secure'] : [])].join('; '))
}

export function clearSessionCookie(reply: FastifyReply, secure: boolean): void {
  setSessionCookie(reply, { token: '', expires: new Date(0), secure })
}
