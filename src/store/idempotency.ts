import type { IdempotencyStore } from '#core/store-ports'
import { patient, type Db } from './database.ts'

const keptHours = 24

export function idempotencyStore(db: Db): IdempotencyStore {
  return patient({
    async take({ team_id, key, body_hash, now }) {
      await db.deleteFrom('idempotency').where('created_at', '<', new Date(now.getTime() - keptHours * 3_600_000)).execute()
      const made = await db
        .insertInto('idempotency')
        .values({ team_id, key, body_hash, answer: null, created_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .returning('key')
        .executeTakeFirst()
      if (made !== undefined) return { state: 'taken' }
      const known = await db.selectFrom('idempotency').select(['body_hash', 'answer']).where('team_id', '=', team_id).where('key', '=', key).executeTakeFirst()
      return known === undefined ? { state: 'taken' } : { state: 'known', ...known }
    },
    async answer({ team_id, key, answer }) {
      await db.updateTable('idempotency').set({ answer: JSON.stringify(answer) }).where('team_id', '=', team_id).where('key', '=', key).execute()
    },
    async forget({ team_id, key }) {
      await db.deleteFrom('idempotency').where('team_id', '=', team_id).where('key', '=', key).execute()
    },
  })
}
