import { sql } from 'kysely'
import type { Db } from './database.ts'

export interface KeyRow {
  readonly key_id: string
  readonly team_id: string
  readonly org_id: string
  readonly name: string
  readonly prefix: string
  readonly created_at: Date
  readonly expires_at: Date | null
  readonly revoked_at: Date | null
}

export interface NewKey {
  readonly key_id: string
  readonly team_id: string
  readonly name: string
  readonly prefix: string
  readonly secret_hash: string
  readonly created_at: Date
}

/** API keys by the hash of their secret; the secret itself is never stored. */
export interface KeyStore {
  find(secretHash: string): Promise<KeyRow | undefined>
  /** False where a live key of that name exists. */
  add(key: NewKey): Promise<boolean>
  list(): Promise<KeyRow[]>
  /** How many live keys of that name were revoked. */
  revoke(name: string, now: Date): Promise<number>
  /** The one team of this data folder, made at the first start. */
  ensureTeam(team: { team_id: string; org_id: string; now: Date }): Promise<{ team_id: string; org_id: string }>
}

export function keyStore(db: Db): KeyStore {
  const rows = () =>
    db
      .selectFrom('api_key')
      .innerJoin('team', 'team.team_id', 'api_key.team_id')
      .select(['key_id', 'api_key.team_id', 'org_id', 'api_key.name', 'prefix', 'api_key.created_at', 'expires_at', 'revoked_at'])
  return {
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
  }
}
