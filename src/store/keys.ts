import { sql } from 'kysely'
import type { KeyStore } from '#core/store-ports'
import { patient, type Db } from './database.ts'

export function keyStore(db: Db): KeyStore {
  const rows = () =>
    db
      .selectFrom('api_key')
      .innerJoin('team', 'team.team_id', 'api_key.team_id')
      .select(['key_id', 'api_key.team_id', 'org_id', 'api_key.name', 'prefix', 'api_key.created_at', 'expires_at', 'revoked_at'])
  return patient({
    find: (secretHash) => rows().where('secret_hash', '=', secretHash).executeTakeFirst(),
    list: () => rows().orderBy('api_key.created_at').execute(),
    async add(key) {
      const made = await db
        .insertInto('api_key')
        .values({ ...key, expires_at: null, revoked_at: null })
        .onConflict((conflict) => conflict.doNothing())
        .returning('key_id')
        .executeTakeFirst()
      return made !== undefined
    },
    async revoke(name, now) {
      const done = await db.updateTable('api_key').set({ revoked_at: now }).where('name', '=', name).where('revoked_at', 'is', null).executeTakeFirst()
      return Number(done.numUpdatedRows)
    },
    ensureTeam: ({ team_id, org_id, now }) =>
      db.transaction().execute(async (trx) => {
        // Two processes may start on a fresh folder at once; only one of them makes the team.
        await sql`lock table team in share row exclusive mode`.execute(trx)
        const known = await trx.selectFrom('team').select(['team_id', 'org_id']).executeTakeFirst()
        if (known !== undefined) return known
        return trx.insertInto('team').values({ team_id, org_id, name: 'default', created_at: now }).returning(['team_id', 'org_id']).executeTakeFirstOrThrow()
      }),
  })
}
