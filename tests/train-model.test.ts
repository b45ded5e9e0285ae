import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, openTestHouse, type TestHouse } from './house.testkit.ts'
import { crashTable } from './long/crash-table.ts'

let at: TestHouse
let dataset_id: string
beforeAll(async () => {
  at = await openTestHouse()
  dataset_id = await at.upload(crashTable())
})
afterAll(() => at.close())

describe('training in one call', () => {
  test('makes a model and deploys nothing', { timeout: 120_000 }, async () => {
    const trained = await at.client.models.train({ dataset_id, target_column: 'label', model_name: 'one call', model_type: 'classification', drop_columns: ['colour', 'nothing'], monotonic_features: { visits: 1 }, test_size: 0.25, seed: 3 })
    expect(trained).toMatchObject({ n_test: 150, n_train: 450 })
    expect(trained.test_metrics.auc).toBeGreaterThan(0.7)
    expect(trained.train_metrics.auc).toBeGreaterThan(0.7)
    expect(Object.keys(trained.feature_importances).sort()).toEqual(['amount', 'visits'])
    expect(trained.warnings).toContain('drop_columns names "nothing", which the table does not have.')
    const run = await at.client.agentic.getRunState(trained.run_id)
    expect(run).toMatchObject({ status: 'completed', results: { model_id: trained.model_id, version_id: trained.version_id, deployment_id: null } })
    expect(await at.client.agentic.getPhases(trained.run_id)).toMatchObject([{ phase: 'label_selection' }, { phase: 'model_training' }])
    expect((await at.client.models.featureInfo(trained.version_id)).features.find(({ name }) => name === 'visits')).toMatchObject({ monotone: 'increasing' })
  })

  test('refuses what cannot be, with the reason, and leaves no run waiting', async () => {
    const base = { dataset_id, target_column: 'label', model_name: 'refused', model_type: 'classification' as const }
    expect(await codeOf(at.client.models.train({ ...base, target_column: 'nothing' }))).toBe('LABEL_UNKNOWN_COLUMN')
    expect(await codeOf(at.client.models.train({ ...base, feature_columns: ['nothing'] }))).toMatch(/^[A-Z_]+$/u)
    expect(await codeOf(at.client.models.train({ ...base, dataset_id: '00000000-0000-4000-8000-00000000dead' }))).toBe('DATASET_NOT_FOUND')
    expect((await at.client.agentic.listRuns({ status: 'waiting_input' })).runs).toEqual([])
  })
})
