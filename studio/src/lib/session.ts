import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Session } from '#wire/session'
import { client } from './client.ts'
import { queryClient } from './query-client.ts'

const key = ['session'] as const

export const sessionQuery = queryOptions({ queryKey: key, queryFn: async ({ signal }) => (await client.sessions.get({ signal })).session, staleTime: 60_000 })

/** Who is signed in; null where nobody is, undefined while it is not known. */
export function useSession(): Session | null | undefined {
  return useQuery(sessionQuery).data
}

export async function signIn(apiKey: string): Promise<void> {
  const { session } = await client.sessions.signIn(apiKey)
  become(session)
}

export async function signOut(): Promise<void> {
  await client.sessions.signOut()
  become(null)
}

/** Forgets what was read as somebody else. The session itself stays where the page watches it. */
function become(session: Session | null): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== key[0] })
  queryClient.setQueryData(key, session)
}

/**
 * Signs in with the key of a link that the command line printed (`/#key=…`). The fragment never left the browser, and
 * is out of the address, and of the history, before anything else happens.
 */
export async function signInFromAddress(): Promise<void> {
  const apiKey = new URLSearchParams(globalThis.location.hash.slice(1)).get('key')
  if (apiKey === null) return
  globalThis.history.replaceState(null, '', globalThis.location.pathname + globalThis.location.search)
  // A key that does not hold leads to the sign-in page, which says so when it is tried there.
  await signIn(apiKey).catch(() => undefined)
}
