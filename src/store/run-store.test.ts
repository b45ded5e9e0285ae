import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { fold } from '#core/evolve'
import { answer, hashOf, open, person, timeAt, uuidOf } from '#core/run.testkit'
import { readEvents, runStream, verifyChains } from './event-log.ts'
import { erasureStore } from './erasures.ts'
import { leases, workerLock } from './leases.ts'
import { results } from './results.ts'
import { runLists } from './run-lists.ts'
import { testStore } from './store.testkit.ts'

const run = uuidOf(1)
const asked = { actor: person, now: timeAt(5) }

test('the projection is the fold of the log', async () => {
  const store = await testStore()
  await store.begin(run)
  await store.runs.execute({ run_id: run, command: { kind: 'begin', phase: 'data_preparation' }, asked })
  await store.runs.execute({ run_id: run, command: open('data_preparation', 1), asked })
  await store.runs.execute({ run_id: run, command: answer('data_preparation'), asked })
  const events = await readEvents(store.database.db, runStream(run))
  const loaded = await store.runs.load(run)
  expect(loaded?.run).toEqual(fold(events.map(({ event }) => event), run))
  expect(loaded?.seq).toBe(events.length)
  expect(await verifyChains(store.database.db)).toEqual({ streams: 1, events: events.length, signatures: 0, faults: [] })
})

test('of many writers that answer one decision differently exactly one wins', async () => {
  const store = await testStore()
  await store.begin(run)
  await store.runs.execute({ run_id: run, command: { kind: 'begin', phase: 'data_preparation' }, asked })
  await store.runs.execute({ run_id: run, command: open('data_preparation', 1), asked })
  const answers = Array.from({ length: 8 }, (_, i) => store.runs.execute({ run_id: run, command: answer('data_preparation', { answer: hashOf(String(i)) }), asked }))
  const done = await Promise.all(answers)
  expect(done.filter(({ ok }) => ok)).toHaveLength(1)
  expect(done.flatMap((one) => (one.ok ? [] : [one.refusal.code]))).toEqual(Array(7).fill('DECISION_NOT_OPEN'))
})

test('a worker that wakes too late is refused by the number of the event it began at', async () => {
  const store = await testStore()
  await store.begin(run)
  const before = await store.runs.load(run)
  await store.runs.execute({ run_id: run, command: { kind: 'begin', phase: 'data_preparation' }, asked })
  const late = await store.runs.execute({ run_id: run, command: open('data_preparation', 1), asked, expected_seq: before?.seq ?? 0 })
  expect(late).toMatchObject({ ok: false, refusal: { code: 'WRITE_CONFLICT' } })
})

test('an event can be neither changed nor deleted, and a change behind its back is found', async () => {
  const store = await testStore()
  await store.begin(run)
  await expect(store.database.db.deleteFrom('event').execute()).rejects.toThrow('append-only')
  await expect(store.database.db.updateTable('event').set({ at: 'x' }).execute()).rejects.toThrow('append-only')
  await sql`alter table event disable trigger event_is_fixed`.execute(store.database.db)
  await store.database.db.updateTable('event').set({ at: timeAt(77) }).where('seq', '=', 1).execute()
  const check = await verifyChains(store.database.db)
  expect(check.faults).toEqual([{ stream: runStream(run), seq: 1, fault: 'hash-differs' }])
})

test('an event that is missing from a chain is found', async () => {
  const store = await testStore()
  await store.begin(run)
  await store.runs.execute({ run_id: run, command: { kind: 'begin', phase: 'data_preparation' }, asked })
  await sql`alter table event disable trigger event_is_fixed`.execute(store.database.db)
  await store.database.db.deleteFrom('event').where('seq', '=', 2).execute()
  const check = await verifyChains(store.database.db)
  expect(check.faults).toEqual([{ stream: runStream(run), seq: 3, fault: 'number-missing' }])
})

test('a deleted run leaves its chain, drops from the lists and asks to erase what only it refers to', async () => {
  const store = await testStore()
  await store.begin(run)
  await results(store.database).put('k', hashOf('8'), { run_id: run, now: new Date() })
  await store.runs.execute({ run_id: run, command: { kind: 'cancel' }, asked })
  const done = await store.runs.execute({ run_id: run, command: { kind: 'delete' }, asked })
  expect(done.ok).toBe(true)
  expect(await store.runs.load(run)).toBeUndefined()
  expect((await verifyChains(store.database.db)).faults).toEqual([])
  const [pending] = await erasureStore(store.database.db).pending()
  expect(pending?.roots).toContain(hashOf('b'))
  expect(await store.database.db.selectFrom('result').selectAll().execute()).toEqual([])
  const again = await store.runs.execute({ run_id: run, command: { kind: 'cancel' }, asked })
  expect(again).toMatchObject({ ok: false, refusal: { code: 'NOT_FOUND' } })
})

test('a lease of a live worker is respected, that of a dead one is taken at once', async () => {
  const store = await testStore()
  await store.begin(run)
  const held = leases(store.database)
  const [alive, other] = [uuidOf(50), uuidOf(51)]
  await store.database.db.connection().execute(async (session) => {
    await sql`select pg_advisory_lock(${workerLock(alive)})`.execute(session)
    expect(await held.take(run, alive, new Date())).toBe(true)
    expect(await held.take(run, other, new Date())).toBe(false)
    expect(await held.abandoned(10)).toEqual([])
    await sql`select pg_advisory_unlock(${workerLock(alive)})`.execute(session)
  })
  expect(await held.abandoned(10)).toEqual([run])
  expect(await held.take(run, other, new Date())).toBe(true)
})

test('every event that leaves a step owed sends a wake-up', async () => {
  const store = await testStore()
  await store.begin(run)
  await store.runs.execute({ run_id: run, command: { kind: 'begin', phase: 'data_preparation' }, asked })
  await store.runs.execute({ run_id: run, command: open('data_preparation', 1), asked })
  expect(store.woken).toEqual([run, run])
})

test('runs are listed newest first, page by page, and waiting ones by how long they wait', async () => {
  const store = await testStore()
  for (let i = 0; i < 5; i++) await store.begin(uuidOf(100 + i))
  const lists = runLists(store.database.db)
  const first = await lists.list({ team_id: store.teamId, limit: 3 })
  const last = first.at(-1)?.run
  const rest = await lists.list({ team_id: store.teamId, limit: 3, after: { created_at: last?.created_at ?? '', run_id: last?.run_id ?? '' } })
  expect([...first, ...rest].map((row) => row.run.run_id)).toEqual([4, 3, 2, 1, 0].map((i) => uuidOf(100 + i)))
  await store.runs.execute({ run_id: uuidOf(101), command: { kind: 'begin', phase: 'data_preparation' }, asked })
  await store.runs.execute({ run_id: uuidOf(101), command: open('data_preparation', 1), asked })
  expect((await lists.waiting(store.teamId, { limit: 10, offset: 0 })).map((row) => row.run.run_id)).toEqual([uuidOf(101)])
})
