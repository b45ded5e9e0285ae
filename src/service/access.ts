import { accept, refuse } from '#core/errors'
import type { ServiceInput } from './ports.ts'
import type { Access } from './signalbox.ts'
import { callerOfKey, openWebSessions } from './web-sessions.ts'

/** Nothing is limited here; existing clients read a number all the same. */
const withoutLimit = 1_000_000

const endOfTime = '9999-12-31T00:00:00.000Z'

export function openAccess(input: ServiceInput): Access {
  return {
    authenticate: async (secret) => callerOfKey(await input.keys.find(input.identity.sha256(secret)), input.now()),
    ...openWebSessions(input),
    async connect(caller) {
      return accept({
        username: caller.key_name,
        key: caller.key_prefix,
        expires: caller.expires ?? endOfTime,
        team_id: caller.team_id,
        org_id: caller.org_id,
        email: null,
        org_name: 'Signalbox',
        team_name: 'default',
      })
    },
    async limits(caller, orgId) {
      if (orgId !== caller.org_id) return refuse('NOT_FOUND', 'There is no such organisation for this key.')
      const counts = await input.lists.counts(caller.team_id)
      const limit = (count: number) => ({ count, limit: withoutLimit, remaining: withoutLimit - count, has_space: true })
      return accept({
        models: limit(counts.models),
        preprocessors: limit(counts.preprocessors),
        deployments: limit(counts.deployments),
        monitors: limit(counts.monitors),
        reports: limit(counts.reports),
        ai_credits: limit(0),
      })
    },
  }
}
