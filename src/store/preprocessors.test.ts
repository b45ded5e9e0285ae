import { expect, test } from 'vitest'
import { person, timeAt, uuidOf } from '#core/run.testkit'
import { teamStream, verifyChains } from './event-log.ts'
import { preprocessorStore } from './preprocessors.ts'
import { testStore } from './store.testkit.ts'

const at = new Date(timeAt(5))
const asked = { actor: person, now: timeAt(6) }
const preprocessor = { preprocessor_id: uuidOf(70), team_id: uuidOf(2), name: 'first', description: '', created_by: 'ann', created_at: at }
const version = (number: number, parent: number | null) => ({
  version_id: uuidOf(number), preprocessor_id: uuidOf(70), parent_version_id: parent === null ? null : uuidOf(parent), created_by: 'ann', created_at: at,
  spec: { version: '2.0' as const, steps: [{ id: 'clean', type: 'TextCleanTransformer', columns: ['secret name'], params: { operations: ['strip'] } }] },
})
const learnt = (number: number) => ({ version_id: uuidOf(number), rows: 3, input: [], output: [], state: {}, sample: [{ a: 'private' }], fitted_by: 'bob', fitted_at: at })

test('what is decided of a preprocessor is in the chain of its team, by whom, and without names or rows', async () => {
  const { database } = await testStore()
  const store = preprocessorStore(database)
  const model = { id: uuidOf(80), kind: 'model_version', model_id: uuidOf(81), team_id: uuidOf(2), run_id: uuidOf(82), content: 'c', created_at: at } as const
  await database.db.insertInto('publication').values(model as never).execute()
  expect(await store.create(preprocessor, { version: version(71, null), fit: learnt(71) })).toBe(true)
  expect(await store.create({ ...preprocessor, preprocessor_id: uuidOf(75) }, { version: version(76, null), fit: null })).toBe(false)
  expect(await store.addVersion({ version: version(72, 71), fit: null })).toBe(true)
  expect(await store.keepFit(learnt(72))).toBe('kept')
  for (const preprocessor_version_id of [uuidOf(71), uuidOf(71), uuidOf(72)]) {
    expect(await store.link({ model_version_id: uuidOf(80), preprocessor_version_id, linked_by: 'cat', linked_at: at })).toBe(true)
  }
  expect(await store.deleteVersion(uuidOf(72), asked)).toBe('linked')
  expect(await store.deleteVersion(uuidOf(71), asked)).toBe('deleted')
  const events = await database.db.selectFrom('event').select(['type', 'actor', 'payload']).where('stream', '=', teamStream(uuidOf(2))).orderBy('seq').execute()
  expect(events.map(({ type, actor }) => `${type} by ${(JSON.parse(actor) as { name: string }).name}`)).toEqual([
    'preprocessor-created by ann', 'preprocessor-version-added by ann', 'preprocessor-version-fitted by bob', 'preprocessor-version-added by ann', 'preprocessor-version-fitted by bob',
    'preprocessor-version-linked by cat', 'preprocessor-version-linked by cat', `preprocessor-version-deleted by ${person.name}`,
  ])
  expect(JSON.parse(events[6]?.payload ?? '{}')).toEqual({ model_version_id: uuidOf(80), preprocessor_version_id: uuidOf(72), replaces: uuidOf(71) })
  expect(JSON.stringify(events)).not.toMatch(/secret|private|first/u)
  expect((await verifyChains(database.db, teamStream(uuidOf(2)))).faults).toEqual([])
})

test('versions that are added at once are all in the chain', async () => {
  const { database } = await testStore()
  const store = preprocessorStore(database)
  await store.create(preprocessor, { version: version(71, null), fit: null })
  expect(await Promise.all([72, 73, 74, 75].map((number) => store.addVersion({ version: version(number, 71), fit: null })))).toEqual([true, true, true, true])
  expect(await verifyChains(database.db, teamStream(uuidOf(2)))).toMatchObject({ events: 6, faults: [] })
})
