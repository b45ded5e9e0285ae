import { expect, test } from 'vitest'
import type { NewRunEvent } from '#core/event'
import { hashOf, person, timeAt, uuidOf } from '#core/run.testkit'
import type { Run } from '#core/run'
import { erasureStore } from './erasures.ts'
import { verifyChains } from './event-log.ts'
import { monitorStore } from './monitors.ts'
import { publishMonitor } from './published-monitors.ts'
import { testStore } from './store.testkit.ts'

const asked = { actor: person, now: timeAt(5) }
const monitor = (number: number, name: string) => ({
  monitor_id: uuidOf(number), team_id: uuidOf(2), model_id: uuidOf(50), version_id: uuidOf(51), run_id: uuidOf(52), content: hashOf('c'), name, description: '', data_source_type: 'csv',
})

test('an outcome that is written again publishes its monitor once, with one event', async () => {
  const { database, runs, begin } = await testStore()
  await begin(uuidOf(60))
  const loaded = await runs.load(uuidOf(60))
  const version = { kind: 'model_version' as const, id: uuidOf(51), model_id: uuidOf(50), content: hashOf('d') }
  const run = { ...loaded?.run, published: [version] } as unknown as Run
  const publication = { kind: 'monitor' as const, id: uuidOf(61), model_id: uuidOf(50), content: hashOf('c') }
  const event: NewRunEvent = { type: 'outcome-reached', actor: person, at: timeAt(4), payload: { phase: 'monitoring_creation', outcome: hashOf('e'), publishes: [publication] } }
  for (let i = 0; i < 2; i++) await database.transaction((trx) => publishMonitor(trx, run, { publication, event }))
  expect(await monitorStore(database).list({ team_id: uuidOf(2) })).toMatchObject([{ monitor_id: uuidOf(61), name: 'a run', content: hashOf('c') }])
  const events = await database.db.selectFrom('event').select('type').where('stream', '=', `monitor:${uuidOf(61)}`).execute()
  expect(events).toEqual([{ type: 'monitor-created' }])
})

test('of those who make a monitor of one name at once, all get the same', async () => {
  const { database } = await testStore()
  const store = monitorStore(database)
  const made = await Promise.all([70, 71, 72].map((number) => store.create(monitor(number, 'same'), asked)))
  expect(new Set(made.map(({ monitor_id }) => monitor_id)).size).toBe(1)
  expect(await store.list({ team_id: uuidOf(2), model_id: uuidOf(50) })).toHaveLength(1)
})

test('checks made at once are all kept in one chain, and a deleted monitor leaves the chain and its artifacts to be erased', async () => {
  const { database } = await testStore()
  const store = monitorStore(database)
  await store.create(monitor(80, 'one'), asked)
  const check = (number: number) => ({ check_id: uuidOf(number), monitor_id: uuidOf(80), rows: 3, verdict: 'ok' as const, drifted: 0, alerts: 0, result: hashOf('f'), created_at: timeAt(6) })
  expect(await Promise.all([90, 91, 92, 93].map((number) => store.addCheck(check(number), asked)))).toEqual([true, true, true, true])
  expect(await store.checks(uuidOf(80), 10)).toHaveLength(4)
  expect(await erasureStore(database.db).livingRoots()).toEqual(expect.arrayContaining([hashOf('c'), hashOf('f')]))
  expect(await store.delete(uuidOf(80), asked)).toBe(true)
  expect(await store.delete(uuidOf(80), asked)).toBe(false)
  expect(await store.addCheck(check(94), asked)).toBe(false)
  expect((await erasureStore(database.db).pending()).flatMap(({ roots }) => roots).sort()).toEqual([hashOf('c'), hashOf('f')].sort())
  const chain = await verifyChains(database.db, `monitor:${uuidOf(80)}`)
  expect(chain).toMatchObject({ events: 6, faults: [] })
})
