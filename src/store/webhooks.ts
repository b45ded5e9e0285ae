import { sql } from 'kysely'
import type { DueDelivery, LastDelivery, ListedWebhook, WebhookRow, WebhookStore } from '#core/notice-ports'
import { patient, type Database, type Db } from './database.ts'

export function webhookStore(database: Database): WebhookStore {
  const { db } = database
  return { ...hooks(db), ...deliveries(database) }
}

function hooks(db: Db): Pick<WebhookStore, 'add' | 'list' | 'get' | 'remove'> {
  return patient({
    async add({ events, ...row }: WebhookRow) {
      await db.insertInto('webhook').values({ ...row, events: JSON.stringify(events) }).onConflict((conflict) => conflict.doNothing()).execute()
    },
    async list(teamId: string): Promise<ListedWebhook[]> {
      const rows = await db.selectFrom('webhook').selectAll().where('team_id', '=', teamId).orderBy('created_at').orderBy('webhook_id').execute()
      return Promise.all(rows.map(async (row) => ({ ...row, pending: await pendingOf(db, row.webhook_id), last: await lastOf(db, row.webhook_id) })))
    },
    get: (teamId: string, webhookId: string) => db.selectFrom('webhook').selectAll().where('team_id', '=', teamId).where('webhook_id', '=', webhookId).executeTakeFirst(),
    async remove(webhookId: string) {
      const gone = await db.deleteFrom('webhook').where('webhook_id', '=', webhookId).returning('webhook_id').executeTakeFirst()
      return gone !== undefined
    },
  })
}

async function pendingOf(db: Db, webhookId: string): Promise<number> {
  const { pending } = await db
    .selectFrom('webhook_delivery')
    .select(({ fn }) => fn.countAll<number>().as('pending'))
    .where('webhook_id', '=', webhookId)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(pending)
}

async function lastOf(db: Db, webhookId: string): Promise<LastDelivery | null> {
  const row = await db.selectFrom('webhook_delivery').selectAll().where('webhook_id', '=', webhookId).orderBy('created_at', 'desc').orderBy('delivery_id').limit(1).executeTakeFirst()
  if (row === undefined) return null
  const state = row.ended_at === null ? 'pending' : row.delivered ? 'delivered' : 'given_up'
  return { event: row.event, state, attempts: row.attempts, status: row.last_status, error: row.last_error, at: row.last_at ?? row.created_at }
}

function deliveries({ db }: Database): Omit<WebhookStore, 'add' | 'list' | 'get' | 'remove'> {
  return {
    // Not tried again where the database is away: the next sweep is that.
    take: ({ now, heldUntil, limit }) =>
      db.transaction().execute(async (trx) => {
        // Taking counts the attempt and holds the row, so that a process that dies on the way only delays it.
        const { rows } = await sql<DueDelivery>`
          update webhook_delivery as d set attempts = d.attempts + 1, next_at = ${heldUntil}::timestamptz, last_at = ${now}::timestamptz
          from webhook as h
          where h.webhook_id = d.webhook_id and d.delivery_id in (
            select delivery_id from webhook_delivery where ended_at is null and next_at <= ${now}::timestamptz order by next_at, delivery_id limit ${limit} for update skip locked)
          returning d.delivery_id, d.webhook_id, h.url, d.body, d.attempts as attempt, d.created_at`.execute(trx)
        return rows
      }),
    ...patient({
      async delivered(deliveryId: string, { status, now }: { status: number; now: Date }) {
        const ended = { ended_at: now, next_at: null, delivered: true, last_status: status, last_error: null, last_at: now }
        await db.updateTable('webhook_delivery').set(ended).where('delivery_id', '=', deliveryId).execute()
      },
      async failed(deliveryId: string, { status, error, now, retryAt }: { status: number | null; error: string; now: Date; retryAt: Date | null }) {
        const change = { next_at: retryAt, ended_at: retryAt === null ? now : null, last_status: status, last_error: error, last_at: now }
        await db.updateTable('webhook_delivery').set(change).where('delivery_id', '=', deliveryId).where('ended_at', 'is', null).execute()
      },
      async forget(before: Date) {
        await db.deleteFrom('webhook_delivery').where('ended_at', '<', before).execute()
      },
    }),
  }
}
