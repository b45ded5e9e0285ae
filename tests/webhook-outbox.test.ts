import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Sent, WebhookMessage, WebhookSender } from '#core/notice-ports'
import { open, person, timeAt, uuidOf } from '#core/run.testkit'
import { chatStore } from '#store/chat'
import { runFeed } from '#store/run-feed'
import { testStore, type TestStore } from '#store/store.testkit'
import { webhookStore } from '#store/webhooks'
import { deliverWebhooks, nextAttempt } from '#notice/deliver-webhooks'

const run = uuidOf(1)
const hook = uuidOf(70)
const asked = { actor: person, now: timeAt(5) }
const command = { kind: 'begin', phase: 'data_preparation' } as const

/** A webhook on a store, a clock that a test sets, and a sender that answers as told. */
async function scene(answers: Sent[]) {
  const store = await testStore()
  const webhooks = webhookStore(store.database)
  await webhooks.add({ webhook_id: hook, team_id: store.teamId, url: 'https://example.test/', events: ['decision.waiting', 'run.failed'], description: '', created_by: 'x', created_at: new Date(timeAt(0)) })
  const sent: WebhookMessage[] = []
  const sender: Pick<WebhookSender, 'send'> = {
    send: async (message) => {
      sent.push(message)
      return answers.shift() ?? { ok: true, status: 200 }
    },
  }
  const clock = { time: Date.parse(timeAt(5)) }
  const delivery = () => deliverWebhooks({ store: webhooks, sender: sender as WebhookSender, now: () => new Date(clock.time), log: () => undefined })
  const deliver = async () => {
    const once = delivery()
    await once.sweep()
    await once.stop()
  }
  return { store, webhooks, sent, clock, deliver, delivery }
}

async function openCard({ runs, begin }: TestStore): Promise<void> {
  await begin(run)
  await runs.execute({ run_id: run, command, asked })
  await runs.execute({ run_id: run, command: open('data_preparation', 1), asked })
}

const failed: Sent = { ok: false, status: 500, error: 'It answered 500.' }

test('an event that a webhook wants is one message, and one it does not want is none', async () => {
  const { store, deliver, sent, webhooks } = await scene([])
  await openCard(store)
  await store.runs.execute({ run_id: run, command: { kind: 'cancel' }, asked })
  await deliver()
  await deliver()
  expect(sent).toHaveLength(1)
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
    type: 'decision.waiting',
    timestamp: asked.now,
    data: expect.objectContaining({ run_id: run, phase: 'data_preparation', revision: 1, decision_id: expect.any(String) }),
  })
  expect(await webhooks.list(store.teamId)).toMatchObject([{ pending: 0, last: { event: 'decision.waiting', state: 'delivered', status: 200, attempts: 1 } }])
})

test('a card that the policy answers in the same breath is told to nobody', async () => {
  const { store, deliver, sent } = await scene([])
  await store.begin(run)
  await store.runs.execute({ run_id: run, command, asked })
  const opened = open('data_preparation', 1)
  if (opened.kind !== 'open') throw new Error('no card')
  const openTaken = { ...opened, taken: { answer: 'a'.repeat(64), decision: 'b'.repeat(64) } }
  await store.runs.execute({ run_id: run, command: openTaken, asked })
  await deliver()
  expect(sent).toEqual([])
})

test('a message that fails is sent again later under the same id, and given up after a day', async () => {
  const { store, deliver, sent, clock, webhooks } = await scene(Array.from({ length: 20 }, () => failed))
  await openCard(store)
  await deliver()
  await deliver()
  expect(sent).toHaveLength(1)
  clock.time += 4_900
  await deliver()
  expect(sent).toHaveLength(1)
  clock.time += 200
  await deliver()
  expect(sent).toHaveLength(2)
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
  expect(await webhooks.list(store.teamId)).toMatchObject([{ pending: 1, last: { state: 'pending', status: 500, attempts: 2, error: 'It answered 500.' } }])
  for (let hour = 0; hour < 30; hour++) {
    clock.time += 3_600_000
    await deliver()
  }
  expect(sent.length).toBeLessThanOrEqual(9)
  expect(await webhooks.list(store.teamId)).toMatchObject([{ pending: 0, last: { state: 'given_up' } }])
})

test('the pauses grow, and none leads past a day', () => {
  const created_at = new Date(timeAt(0))
  const seconds = (attempt: number, now: Date) => {
    const at = nextAttempt({ attempt, created_at, now })
    return at === null ? null : (at.getTime() - now.getTime()) / 1000
  }
  expect([1, 2, 3, 4, 5].map((attempt) => seconds(attempt, created_at))).toEqual([5, 30, 120, 600, 3_600])
  expect(seconds(9, created_at)).toBeNull()
  expect(seconds(8, new Date(created_at.getTime() + 50_000_000))).toBeNull()
})

test('410 Gone removes the webhook, and what waits for it', async () => {
  const { store, deliver, webhooks } = await scene([{ ok: false, status: 410, error: 'It answered 410.' }])
  await openCard(store)
  await deliver()
  expect(await webhooks.list(store.teamId)).toEqual([])
  expect(await store.database.db.selectFrom('webhook_delivery').selectAll().execute()).toEqual([])
})

test('several deliverers send a message once; one that dies on the way only delays it', async () => {
  const { store, deliver, sent, clock, webhooks, delivery } = await scene([])
  await openCard(store)
  const many = Array.from({ length: 5 }, delivery)
  await Promise.all(many.map((one) => one.sweep()))
  await Promise.all(many.map((one) => one.stop()))
  expect(sent).toHaveLength(1)
  await store.runs.execute({ run_id: run, command: { kind: 'fail', phase: 'data_preparation', code: 'COMPUTE_FAILED', error: 'c'.repeat(64), again: 'propose' }, asked })
  const second = uuidOf(5)
  await store.begin(second)
  await store.runs.execute({ run_id: second, command, asked })
  await store.runs.execute({ run_id: second, command: open('data_preparation', 1), asked })
  const dead = await webhooks.take({ now: new Date(clock.time), heldUntil: new Date(clock.time + 30_000), limit: 10 })
  expect(dead).toHaveLength(1)
  await deliver()
  expect(sent).toHaveLength(1)
  clock.time += 31_000
  await deliver()
  expect(sent).toHaveLength(2)
})

test('chat is only ever added to, and goes with its run', async () => {
  const store = await testStore()
  await store.begin(run)
  const chat = chatStore(store.database.db)
  const message = { role: 'user', content: 'note: <b>x</b>', at: asked.now } as const
  expect(await chat.add(run, [{ ...message, id: uuidOf(80), metadata: { author: 'x', context: true } }, { ...message, id: uuidOf(81), metadata: { author: 'x' } }])).toBe(true)
  expect(await chat.notes(run)).toEqual([{ message_id: uuidOf(80), text: message.content, by: 'x', at: asked.now }])
  await expect(store.database.db.updateTable('chat_message').set({ content: 'y' }).execute()).rejects.toThrow('append-only')
  await expect(store.database.db.deleteFrom('chat_message').execute()).rejects.toThrow('append-only')
  await store.runs.execute({ run_id: run, command: { kind: 'cancel' }, asked })
  await store.runs.execute({ run_id: run, command: { kind: 'delete' }, asked })
  expect(await chat.list(run)).toEqual([])
  expect(await store.database.db.selectFrom('chat_message').selectAll().execute()).toEqual([])
  expect(await chat.add(run, [{ ...message, id: uuidOf(82), metadata: {} }])).toBe(false)
})

test('many watchers hear of a change over one connection, and of one that came while they were away', async () => {
  const store = await testStore()
  await store.begin(run)
  // A name of its own, since other tests listen on the same server.
  const application_name = `feed-${process.pid}-${Math.random()}`
  const feed = runFeed({ ...store.database, config: { ...store.database.config, application_name } })
  const watches = await Promise.all(Array.from({ length: 20 }, () => feed.watch(run)))
  const other = await feed.watch(uuidOf(99))
  const heard = Promise.all(watches.map((watch) => watch.next()))
  await store.runs.execute({ run_id: run, command, asked })
  await heard
  await store.runs.execute({ run_id: run, command: { kind: 'cancel' }, asked })
  await watches[0]?.next()
  const listening = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity where application_name = ${application_name}`.execute(store.database.db)
  expect(listening.rows[0]?.n).toBe(1)
  // A lost connection is made anew, and everybody looks once.
  const again = Promise.all([...watches, other].map((watch) => watch.next()))
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${application_name}`.execute(store.database.db)
  await again
  other.close()
  await feed.close()
})
