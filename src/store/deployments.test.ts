import { expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import type { Publication } from '#core/publication'
import { answer, hashOf, open, person, timeAt, uuidOf } from '#core/run.testkit'
import { deploymentStore } from './deployments.ts'
import { verifyChains } from './event-log.ts'
import { modelStore } from './models.ts'
import { publishDeployment } from './published-deployments.ts'
import { testStore, type TestStore } from './store.testkit.ts'

const run = uuidOf(1)
const asked = { actor: person, now: timeAt(5) }
const version: Publication = { kind: 'model_version', id: uuidOf(21), model_id: uuidOf(20), content: hashOf('1') }
const published: Publication = { kind: 'deployment', id: uuidOf(22), model_id: uuidOf(20), content: hashOf('2'), deployment: { active: true, threshold: 0.4 } }

/** A run whose first phase publishes a version and its deployment. */
async function publishing(): Promise<TestStore> {
  const store = await testStore()
  await store.begin(run)
  const phase = 'data_preparation'
  for (const command of [{ kind: 'begin', phase } as const, open(phase, 1), answer(phase), { kind: 'reach', phase, outcome: hashOf('6'), publishes: [version, published] } as const]) {
    orThrow(await store.runs.execute({ run_id: run, command, asked }))
  }
  return store
}

test('an outcome publishes its deployment in the same breath, and a repeat makes nothing new', async () => {
  const store = await publishing()
  const deployments = deploymentStore(store.database)
  const made = await deployments.get(published.id)
  expect(made).toMatchObject({ version_id: version.id, run_id: run, active: true, threshold: 0.4, content: hashOf('2'), created_by: person.name })
  const again = await store.runs.execute({ run_id: run, command: { kind: 'reach', phase: 'data_preparation', outcome: hashOf('6'), publishes: [version, published] }, asked })
  expect(again).toMatchObject({ ok: false, refusal: { code: 'WRITE_CONFLICT' } })
  const loaded = await store.runs.load(run)
  if (loaded === undefined) throw new Error('no run')
  const payload = { phase: 'data_preparation' as const, outcome: hashOf('6'), publishes: [published] }
  const event = { type: 'outcome-reached' as const, actor: person, at: timeAt(9), payload }
  await store.database.transaction((trx) => publishDeployment(trx, loaded.run, { publication: published, event }))
  expect(await deployments.list(store.teamId)).toEqual([made])
  const check = await verifyChains(store.database.db, `deployment:${published.id}`)
  expect(check).toEqual({ streams: 1, events: 1, signatures: 0, faults: [] })
})

test('every change is an event of a chain that holds', async () => {
  const store = await publishing()
  const deployments = deploymentStore(store.database)
  const key = { deployment_id: published.id, key_id: uuidOf(30), secret_hash: hashOf('a'), description: 'private words', expires_at: new Date(timeAt(500)) }
  orThrow(await deployments.execute(published.id, { kind: 'deactivate' }, asked))
  orThrow(await deployments.execute(published.id, { kind: 'deactivate' }, asked))
  orThrow(await deployments.execute(published.id, { kind: 'activate' }, asked))
  orThrow(await deployments.addKey(key, asked))
  orThrow(await deployments.revokeKey(key, asked))
  orThrow(await deployments.revokeKey(key, asked))
  orThrow(await deployments.execute(published.id, { kind: 'repoint', version_id: uuidOf(40), model_id: uuidOf(20) }, asked))
  expect(await deployments.execute(published.id, { kind: 'repoint', version_id: uuidOf(40), model_id: uuidOf(41) }, asked)).toMatchObject({ refusal: { code: 'VERSION_OF_OTHER_MODEL' } })
  orThrow(await deployments.execute(published.id, { kind: 'delete' }, asked))
  expect(await deployments.execute(published.id, { kind: 'activate' }, asked)).toMatchObject({ refusal: { code: 'NOT_FOUND' } })
  const events = await store.database.db.selectFrom('event').select(['type', 'payload']).where('stream', '=', `deployment:${published.id}`).orderBy('seq').execute()
  const types = ['deployment-created', 'deployment-deactivated', 'deployment-activated', 'deploy-key-added', 'deploy-key-revoked', 'deployment-repointed', 'deployment-deleted']
  expect(events.map(({ type }) => type)).toEqual(types)
  expect(JSON.stringify(events)).not.toContain('private words')
  expect((await verifyChains(store.database.db)).faults).toEqual([])
})

test('a version that is deployed by many at once gets one deployment', async () => {
  const store = await publishing()
  const deployments = deploymentStore(store.database)
  const made = await Promise.all([1, 2, 3, 4].map((n) => deployments.create({ deployment_id: uuidOf(50 + n), team_id: store.teamId, model_id: uuidOf(20), version_id: uuidOf(60) }, asked)))
  expect(new Set(made.map(({ deployment_id }) => deployment_id)).size).toBe(1)
  expect(made[0]).toMatchObject({ active: false, created_by: person.name })
})

test('keys are found by their hash, and only the live ones count', async () => {
  const store = await publishing()
  const deployments = deploymentStore(store.database)
  const add = (n: number, expires: string) =>
    deployments.addKey({ deployment_id: published.id, key_id: uuidOf(30 + n), secret_hash: hashOf(String(n)), description: `key ${n}`, expires_at: new Date(expires) }, asked)
  for (const [n, expires] of [[1, timeAt(500)], [2, timeAt(6)], [3, timeAt(500)]] as const) orThrow(await add(n, expires))
  orThrow(await deployments.revokeKey({ deployment_id: published.id, key_id: uuidOf(33) }, asked))
  expect(await deployments.revokeKey({ deployment_id: published.id, key_id: uuidOf(99) }, asked)).toMatchObject({ refusal: { code: 'NOT_FOUND' } })
  expect(await deployments.activeKeys(store.teamId, new Date(timeAt(7)))).toBe(1)
  expect((await deployments.keys(published.id)).map(({ description, revoked_at }) => [description, revoked_at !== null])).toEqual([['key 1', false], ['key 2', false], ['key 3', true]])
  expect(await deployments.findKey(hashOf('1'))).toMatchObject({ key: { key_id: uuidOf(31) }, deployment: { deployment_id: published.id } })
  expect(await deployments.findKey(hashOf('9'))).toBeUndefined()
  orThrow(await deployments.execute(published.id, { kind: 'delete' }, asked))
  expect(await deployments.findKey(hashOf('1'))).toBeUndefined()
})

test('a run whose model answers cannot be deleted; one whose model rests takes its deployment along', async () => {
  const store = await publishing()
  const deployments = deploymentStore(store.database)
  orThrow(await store.runs.execute({ run_id: run, command: { kind: 'cancel' }, asked }))
  const remove = () => store.runs.execute({ run_id: run, command: { kind: 'delete' }, asked })
  expect(await modelStore(store.database.db).versions({ team_id: store.teamId })).toHaveLength(1)
  expect(await remove()).toMatchObject({ ok: false, refusal: { code: 'DEPLOYMENT_ACTIVE' } })
  orThrow(await deployments.execute(published.id, { kind: 'deactivate' }, asked))
  orThrow(await remove())
  expect(await deployments.get(published.id)).toBeUndefined()
  expect(await modelStore(store.database.db).version(version.id)).toBeUndefined()
  expect((await verifyChains(store.database.db)).faults).toEqual([])
})
