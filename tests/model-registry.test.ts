import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunStateAnswer } from '#wire/run-state'
import { openDeployHouse, type DeployHouse } from './deployments.testkit.ts'
import { codeOf, endOf } from './house.testkit.ts'
import { crashTable } from './long/crash-table.ts'

let at: DeployHouse
let first: RunStateAnswer
let second: RunStateAnswer
let [modelId, one, two] = ['', '', '']
beforeAll(async () => {
  at = await openDeployHouse()
  first = await at.deployed(crashTable(), 'label')
  const { run_id } = await at.client.agentic.retrain(first.run_id, { add_steps: [{ id: 'double', type: 'ExpressionTransformer', params: { expression: 'visits * visits', output_column: 'squared' } }] })
  second = await endOf(at.client, run_id)
  modelId = first.results.model_id ?? ''
  one = first.results.version_id ?? ''
  two = second.results.version_id ?? ''
})
afterAll(() => at.close())

describe('the registry', () => {
  test('knows one champion, by whose decision and why, and refuses a rejected one', async () => {
    expect(await at.client.models.get(modelId)).toMatchObject({ number_of_versions: 2, champion_version: null })
    expect(await at.client.models.promote(one, { rationale: 'the first that was signed off' })).toEqual({ model_id: modelId, version_id: one, role: 'champion', champion_version: one })
    expect(await codeOf(at.client.models.reject(one))).toBe('VERSION_IS_CHAMPION')
    expect(await at.client.models.reject(two, { rationale: 'not needed' })).toMatchObject({ role: 'rejected', champion_version: one })
    expect(await codeOf(at.client.models.promote(two))).toBe('VERSION_REJECTED')
    expect((await at.client.models.versions(modelId)).map(({ role }) => role)).toEqual(['champion', 'rejected'])
    expect(await at.client.models.restore(two)).toMatchObject({ role: 'challenger' })
    expect(await at.client.models.get(modelId)).toMatchObject({ champion_version: one })
    expect(await at.client.models.live(modelId)).toMatchObject({ champion: { version_id: one, version_number: 1, rationale: 'the first that was signed off', decided_by: { kind: 'key', name: 'owner' } } })
  })

  test('compares a challenger with the champion on the rows that both sealed, with paired intervals', async () => {
    const compared = await at.client.models.compare(two)
    expect(compared).toMatchObject({ version_id: two, with_version_id: one, comparable: true, rows: 120 })
    for (const { low, difference, high } of Object.values(compared.metrics)) expect(low <= difference && difference <= high).toBe(true)
    expect(compared.text).not.toMatch(/retrained|parent/u)
    expect(await at.client.models.compare(one, { with: one })).toMatchObject({ same_model: true })
  })

  test('says which version answered at a moment, since when and by whose decision', async () => {
    const deployments = (await at.client.deployments.list(at.teamId)).filter(({ version_id }) => version_id === one)
    const [deployment] = deployments
    const deploymentId = deployment?.deployment_id ?? ''
    const before = await at.client.models.live(modelId)
    const firstLive = before.live.find(({ deployment_id }) => deployment_id === deploymentId)
    expect(firstLive).toMatchObject({ version_id: one, version_number: 1, run_id: first.run_id, until: null, decided_by_event: { type: 'deployment-created' } })
    await at.client.deployments.repoint(deploymentId, two)
    const repointed = (await at.client.models.live(modelId)).live.find(({ deployment_id }) => deployment_id === deploymentId)
    expect(repointed).toMatchObject({ version_id: two, version_number: 2, decided_by: { kind: 'key', name: 'owner' }, decided_by_event: { type: 'deployment-repointed' } })
    await at.client.deployments.deactivate(deploymentId)
    await at.client.deployments.delete(deploymentId)
    const now = await at.client.models.live(modelId)
    expect(now.live.map(({ deployment_id }) => deployment_id)).not.toContain(deploymentId)
    const then = (await at.client.models.live(modelId, { at: firstLive?.since ?? '' })).live.find(({ deployment_id }) => deployment_id === deploymentId)
    expect(then).toMatchObject({ version_id: one, until: repointed?.since })
    expect(await at.client.models.live(modelId, { at: '2001-01-01T00:00:00+02:00' })).toMatchObject({ at: '2000-12-31T22:00:00.000Z', live: [], champion: null })
  })

  test('tells the history of a model as a timeline, and what a version is made of', async () => {
    const history = await at.client.models.history(modelId)
    expect(history.map(({ at: moment }) => moment)).toEqual(history.map(({ at: moment }) => moment).sort())
    expect(history.map(({ type }) => type)).toEqual(expect.arrayContaining(['model-version-made', 'deployment-created', 'model-version-promoted', 'model-version-rejected', 'model-version-restored', 'deployment-repointed', 'deployment-deleted']))
    expect(history.find(({ type }) => type === 'model-version-rejected')).toMatchObject({ text: 'version 2 was rejected', rationale: 'not needed', event: { stream: `model:${modelId}`, seq: 2 } })
    const lineage = await at.client.models.lineage(two)
    expect(lineage).toMatchObject({ run_id: second.run_id, parent_run_id: first.run_id, model_hash: second.results.model_hash, dataset: { rows: 600 } })
    for (const { event } of lineage.decisions) expect(event?.hash).toMatch(/^[0-9a-f]{64}$/u)
    expect(lineage.decisions.map(({ phase }) => phase)).toContain('model_training')
    expect(lineage.published).not.toBeNull()
  })

  test('answers 404 for what is not there, and 422 for a moment that is none', async () => {
    const nobody = '00000000-0000-4000-8000-00000000dead'
    for (const verb of ['promote', 'live', 'history', 'lineage', 'compare'] as const) expect(await codeOf(at.client.models[verb](nobody))).toBe('NOT_FOUND')
    expect(await codeOf(at.client.models.live(modelId, { at: 'yesterday' }))).toBe('VALIDATION_FAILED')
  })
})
