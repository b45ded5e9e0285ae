import { accept, refuse, type Result } from '#core/errors'
import type { KeyRow } from '#core/store-ports'
import type { ServiceInput } from './ports.ts'
import type { Access, Caller } from './signalbox.ts'

type Sessions = Pick<Access, 'signIn' | 'authenticateSession' | 'signOut'>
type Input = Pick<ServiceInput, 'keys' | 'webSessions' | 'identity' | 'secrets' | 'now'>

const sessionMs = 7 * 86_400_000

/** Sessions of browsers: a key opens one, and none outlives its key. */
export function openWebSessions({ keys, webSessions, identity, secrets, now }: Input): Sessions {
  const known = (caller: Caller, end: Date) => ({ username: caller.key_name, team_id: caller.team_id, org_id: caller.org_id, expires_at: end.toISOString() })
  return {
    async signIn(secret) {
      const caller = callerOfKey(await keys.find(identity.sha256(secret)), now())
      if (!caller.ok) return caller
      const token = secrets.random()
      const at = now()
      const end = earlier(new Date(at.getTime() + sessionMs), caller.value.expires)
      await webSessions.open({ session_hash: identity.sha256(token), key_id: caller.value.key_id, created_at: at, expires_at: end })
      return accept({ token, session: known(caller.value, end) })
    },
    async authenticateSession(token) {
      const found = await webSessions.find(identity.sha256(token))
      if (found === undefined || found.session_expires_at <= now()) return refuse('UNAUTHENTICATED', 'This session has ended.', { suggestion: 'Sign in again with an API key.' })
      const caller = callerOfKey(found, now())
      return caller.ok ? accept({ caller: caller.value, session: known(caller.value, found.session_expires_at) }) : caller
    },
    signOut: (token) => webSessions.close(identity.sha256(token)),
  }
}

/** Whom a stored key lets in, at this time. */
export function callerOfKey(key: KeyRow | undefined, now: Date): Result<Caller> {
  if (key === undefined) return refuse('UNAUTHENTICATED', 'This API key is not known.')
  if (key.revoked_at !== null) return refuse('UNAUTHENTICATED', 'This API key was revoked.')
  if (key.expires_at !== null && key.expires_at <= now) return refuse('UNAUTHENTICATED', 'This API key has expired.')
  const expires = key.expires_at?.toISOString() ?? null
  return accept({ team_id: key.team_id, org_id: key.org_id, key_id: key.key_id, key_name: key.name, key_prefix: key.prefix, expires })
}

function earlier(end: Date, expires: string | null): Date {
  return expires === null || new Date(expires) > end ? end : new Date(expires)
}
