import type { WebSessionStore } from '#core/store-ports'
import { patient, type Db } from './database.ts'

export function webSessionStore(db: Db): WebSessionStore {
  return patient({
    async open(session) {
      // Whoever signs in clears away what has ended, so that the table stays as small as its use.
      await db.deleteFrom('web_session').where('expires_at', '<=', session.created_at).execute()
      await db.insertInto('web_session').values(session).execute()
    },
    find: (sessionHash) =>
      db
        .selectFrom('web_session')
        .innerJoin('api_key', 'api_key.key_id', 'web_session.key_id')
        .innerJoin('team', 'team.team_id', 'api_key.team_id')
        .select(['api_key.key_id', 'api_key.team_id', 'org_id', 'api_key.name', 'prefix', 'api_key.created_at', 'api_key.expires_at', 'revoked_at'])
        .select('web_session.expires_at as session_expires_at')
        .where('session_hash', '=', sessionHash)
        .executeTakeFirst(),
    async close(sessionHash) {
      await db.deleteFrom('web_session').where('session_hash', '=', sessionHash).execute()
    },
  })
}
