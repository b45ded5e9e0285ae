import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Signalbox } from '#sdk/client'
import { stepTypes } from '#steps/registry'
import { openDeployHouse, type DeployHouse } from './deployments.testkit.ts'
import { codeOf } from './house.testkit.ts'
import { crashTable } from './long/crash-table.ts'

let at: DeployHouse
let datasetId: string
beforeAll(async () => {
  at = await openDeployHouse()
  datasetId = (await at.client.datasets.upload(new Blob([table]), { name: 'table', fileName: 'table.csv' })).dataset_id
})
afterAll(() => at.close())

const rows = [
  { fee: '1,200', city: ' Bern', rate: 1.5, late: 'yes' },
  { fee: '?', city: 'Basel', rate: null, late: 'no' },
  { fee: '30', city: null, rate: 2, late: 'no' },
]
const table = ['fee,city,rate,late', ...Array.from({ length: 300 }, (_, i) => `${i % 3 === 0 ? '?' : `"1,${100 + i}"`}, town ${i % 7},${i / 2},${i % 2 === 0 ? 'yes' : 'no'}`)].join('\n')

const nulls = { id: 'nulls', type: 'NullTokensTransformer', columns: ['fee'], params: { tokens: ['?'] } }
const parse = { id: 'parse', type: 'ParseNumericTransformer', columns: ['fee'], params: {} }
const strip = { id: 'strip', type: 'TextCleanTransformer', columns: ['city'], params: { operations: ['strip'] } }
const ratio = { id: 'ratio', type: 'ExpressionTransformer', params: { expression: 'fee / rate', output_column: 'fee_per_rate' } }
const spec = (...steps: object[]) => ({ version: '2.0' as const, steps: steps as (typeof nulls)[] })
const create = (name: string, given: object, sample_data: Record<string, string | number | null>[] | null = null) =>
  at.client.preprocessors.create({ preprocessor_name: name, preprocessor_description: 'd', spec: given as ReturnType<typeof spec>, sample_data })

describe('preprocessors over HTTP', () => {
  test('are made, added to, listed and deleted; a version never changes', async () => {
    const { preprocessors } = at.client
    const made = await create('first', spec(nulls))
    expect(await codeOf(create('first', spec(nulls)))).toBe('PREPROCESSOR_NAME_TAKEN')
    const added = await preprocessors.addVersion({ preprocessor_id: made.preprocessor_id, spec: spec(nulls, parse), parent_version_id: made.version_id })
    const updated = await preprocessors.updateVersion({ version_id: added.version_id, spec: spec(nulls, parse, strip) })
    expect(updated.version_id).not.toBe(added.version_id)
    expect((await preprocessors.getVersion(added.version_id)).spec).toEqual(spec(nulls, parse))
    expect(await preprocessors.getVersion(updated.version_id)).toMatchObject({ version_number: 3, parent_version_id: added.version_id, fitted: false, input_schema: null, created_by: 'owner', python_version: expect.stringContaining('signalbox') })
    expect(await preprocessors.list(at.teamId)).toMatchObject([{ id: made.preprocessor_id, name: 'first', description: 'd', number_of_versions: 3, newest_version_id: updated.version_id }])
    expect(await preprocessors.get(made.preprocessor_id)).toMatchObject({ id: made.preprocessor_id, created_by: 'owner' })
    expect((await limits()).preprocessors.count).toBe(1)
    expect(await preprocessors.deleteVersion(updated.version_id)).toEqual({ version_id: updated.version_id, status: 'deleted' })
    expect(await codeOf(preprocessors.getVersion(updated.version_id))).toBe('NOT_FOUND')
    expect((await preprocessors.delete(made.preprocessor_id)).status).toBe('deleted')
    expect(await codeOf(preprocessors.getVersion(made.version_id))).toBe('NOT_FOUND')
    expect(await codeOf(preprocessors.delete(made.preprocessor_id))).toBe('NOT_FOUND')
  })

  test('of those who take one name at once, one gets it', async () => {
    const made = await Promise.allSettled([1, 2, 3].map(() => create('at once', spec(nulls))))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('fit rows and show what each step does to others', async () => {
    const { preprocessors } = at.client
    const { version_id } = await create('fitted', spec(nulls, parse, strip))
    const before = await preprocessors.preview(version_id, rows)
    expect(before.fitted_on).toBe('these_rows')
    const fit = await preprocessors.fit(version_id, rows)
    expect(fit).toMatchObject({ status: 'fitted', rows: 3, input_schema: { columns: expect.arrayContaining([{ name: 'fee', dtype: 'object', type: 'text' }]) } })
    expect(await preprocessors.getVersion(version_id)).toMatchObject({ fitted: true, fitted_rows: 3 })
    const shown = await preprocessors.preview(version_id, [{ ' FEE': '?', city: ' Chur ', other: 1 }, { ' FEE': '7', city: 'Bern', rate: '4' }])
    expect(shown.fitted_on).toBe('fit')
    expect(shown.step_deltas.map(({ step_id, delta }) => [step_id, delta.updated])).toEqual([['nulls', ['fee']], ['parse', ['fee']], ['strip', ['city']]])
    expect(shown.sample_after).toEqual([{ fee: null, city: 'Chur', rate: null, late: null }, { fee: 7, city: 'Bern', rate: 4, late: null }])
    expect(shown.step_deltas[0]?.sample_after[0]).toMatchObject({ fee: null, city: ' Chur ' })
    expect(await codeOf(preprocessors.preview(version_id, [{ nothing: 1 }]))).toBe('ROW_UNREADABLE')
    expect(await codeOf(preprocessors.preview(version_id, [{ rate: 'many' }]))).toBe('ROW_UNREADABLE')
    expect(await codeOf(preprocessors.fit(version_id, [{ fee: { deep: 1 } }]))).toBe('ROW_UNREADABLE')
    expect(await codeOf(preprocessors.fit(version_id, []))).toBe('VALIDATION_FAILED')
  })

  test('keep what steps learn: columns, statistics and the rows that they come from', async () => {
    const { preprocessors } = at.client
    const learns = spec({ id: 'hot', type: 'OneHotEncoder', columns: ['city'], params: { handle_unknown: 'ignore' } }, { id: 'mean', type: 'SimpleImputer', columns: ['rate'], params: {} })
    const some = [{ city: 'Bern', rate: 1 }, { city: 'Basel', rate: 3 }, { city: 'Bern', rate: null }]
    const { version_id } = await create('learns', learns, some)
    const { output_schema, fitted_rows } = await preprocessors.getVersion(version_id)
    expect([fitted_rows, output_schema?.columns.map(({ name }) => name)]).toEqual([3, ['rate', 'city_Basel', 'city_Bern']])
    const shown = await preprocessors.preview(version_id, [{ city: 'Chur', rate: null }, { city: 'Bern', rate: 9 }])
    expect(shown.sample_after).toEqual([{ city_Basel: 0, city_Bern: 0, rate: 2 }, { city_Basel: 0, city_Bern: 1, rate: 9 }])
    const again = await preprocessors.fit(version_id, [{ city: 'Genf', rate: 5 }, { city: 'Chur', rate: 6 }])
    expect(again).toMatchObject({ learned: ['hot', 'mean'], output_schema: { columns: [{ name: 'rate' }, { name: 'city_Chur' }, { name: 'city_Genf' }] } })
  })

  test.each([
    ['custom code', { id: 'x', type: 'custom', params: { code: 'import os' } }, 'custom_steps_disabled'],
    ['a step that collapses rows', { id: 'x', type: 'GroupByAggTransformer', params: { group_by: 'city' } }, 'STEP_CHANGES_ROWS'],
    ['a type that is not offered', { id: 'x', type: 'MagicTransformer', params: {} }, 'STEP_REFUSED'],
    ['a repeated id', { ...nulls }, 'STEP_REFUSED'],
    ['a column that is not there', { id: 'x', type: 'DropColumnsTransformer', columns: ['feee'], params: {} }, 'STEP_REFUSED'],
    ['a name that is taken', { id: 'x', type: 'RenameColumnsTransformer', params: { mapping: { city: 'rate' } } }, 'STEP_COLUMN_COLLISION'],
    ['no number where one is read', { id: 'x', type: 'ParseNumericTransformer', columns: ['city'], params: {} }, 'STEP_REFUSED'],
  ])('refuse %s to create, add, update and fit', async (_, step, code) => {
    const { preprocessors } = at.client
    const unsafe = spec(nulls, step)
    expect(await codeOf(create(`unsafe ${code}`, unsafe, rows))).toBe(code)
    const { preprocessor_id, version_id } = await create(`safe beside ${_}`, spec(nulls))
    expect(await codeOf(preprocessors.addVersion({ preprocessor_id, spec: unsafe, sample_data: rows }))).toBe(code)
    expect(await codeOf(preprocessors.updateVersion({ version_id, spec: unsafe, sample_data: rows }))).toBe(code)
  })

  test('refuse a pickled pipeline with 410, and a body without a spec', async () => {
    const send = (body: object) => fetch(`${at.url}/v1/preprocessors/create`, { method: 'POST', headers: { api_key: at.apiKey, 'content-type': 'application/json' }, body: JSON.stringify(body) })
    const pickled = await send({ preprocessor_name: 'p', preprocessor_description: '', pipeline_binary: 'gASV' })
    expect([pickled.status, await pickled.json()]).toMatchObject([410, { error: { code: 'client_pipeline_binaries_retired' } }])
    expect((await send({ preprocessor_name: 'p', preprocessor_description: '' })).status).toBe(422)
    expect((await send({ preprocessor_name: 'p', spec: { steps: [{ id: 'a', type: 'TextCleanTransformer', columns: null, params: null, more: 1 }] } })).status).toBe(200)
  })
})

async function limits() {
  const { org_id } = await at.client.connect()
  const answer = await fetch(`${at.url}/v1/organisations/limits/${org_id}`, { headers: { api_key: at.apiKey } })
  return (await answer.json()) as { preprocessors: { count: number } }
}

describe('a spec over a dataset', () => {
  const preview = (given: object, more: object = {}) => at.client.preprocessors.previewSpec({ dataset_id: datasetId, spec: given as ReturnType<typeof spec>, ...more })

  test('is counted step by step, with figures and rows before and after', async () => {
    const shown = await preview(spec(nulls, parse, strip, ratio), { target_column: 'late' })
    expect(shown).toMatchObject({ safety_errors: [], rows_before: 300, rows_after: 300, sampled: false, falls: [], output_columns: ['rate', 'late', 'fee', 'city', 'fee_per_rate'] })
    const [first, second, third, last] = shown.steps
    expect(first).toMatchObject({ step_id: 'nulls', delta: { updated: ['fee'] }, rows_changed: 100, nulls_filled: 0, stats: { fee: { before: { nulls: 0 }, after: { nulls: 100 } } } })
    expect(first?.changes.fee).toEqual({ changed_cells: 100, top_changes: [{ before: '?', after: null, count: 100 }] })
    expect(first?.sample[0]).toEqual({ before: { fee: '?' }, after: { fee: null } })
    expect(first?.warnings).toEqual([expect.stringContaining('100 more cells are missing')])
    expect(second?.stats.fee?.after).toMatchObject({ nulls: 100, unique: 200, min: 1101, max: 1399 })
    expect(third).toMatchObject({ rows_changed: 300, changes: { city: { changed_cells: 300 } } })
    expect(third?.stats.city?.after?.top_values?.slice(0, 2)).toEqual([['town 0', 43], ['town 1', 43]])
    expect(third?.changes.city?.top_changes?.[0]).toEqual({ before: ' town 0', after: 'town 0', count: 43 })
    expect(last).toMatchObject({ delta: { added: ['fee_per_rate'] }, rows_changed: 0, serving_warnings: [], error: null })
  })

  test('that is unsafe is answered with the reasons, and not kept', async () => {
    const readsLabel = { id: 'reads', type: 'ExpressionTransformer', params: { expression: "late == 'yes'", output_column: 'leak' } }
    const drops = { id: 'drops', type: 'DropColumnsTransformer', columns: ['late'], params: {} }
    const renames = { id: 'renames', type: 'RenameColumnsTransformer', params: { mapping: { late: 'y' } } }
    const touches = { id: 'touches', type: 'TextCleanTransformer', params: { operations: ['strip'] } }
    const custom = { id: 'custom', type: 'custom', params: { code: 'x' } }
    const groups = { id: 'groups', type: 'GroupByAggTransformer', params: {} }
    const shown = await preview(spec(custom, groups, readsLabel, touches, renames, drops), { target_column: ' LATE' })
    expect(shown.safety.map(({ step_id, code }) => [step_id, code])).toEqual([
      ['custom', 'custom_steps_disabled'], ['groups', 'STEP_CHANGES_ROWS'], ['reads', 'STEP_READS_LABEL'], ['touches', 'STEP_TOUCHES_LABEL'], ['renames', 'STEP_TOUCHES_LABEL'], ['drops', 'STEP_REFUSED'],
    ])
    expect(shown.safety_errors).toHaveLength(6)
    expect(shown.steps.map(({ error }) => error !== null)).toEqual([true, true, false, false, false, true])
    expect(await codeOf(preview(spec(nulls), { target_column: 'lateness' }))).toBe('LABEL_UNKNOWN_COLUMN')
    expect(await codeOf(at.client.preprocessors.previewSpec({ dataset_id: '00000000-0000-4000-8000-000000000000', spec: spec(nulls) }))).toBe('DATASET_NOT_FOUND')
  })

  test('is tried without a step and with another, and tells what else falls', async () => {
    const without = await preview(spec(nulls, parse, ratio), { remove_steps: ['parse'] })
    expect(without.falls).toEqual([{ step_id: 'ratio', step_type: 'ExpressionTransformer', reason: expect.stringContaining('fee') }])
    expect(without.lost_columns).toEqual(['fee_per_rate'])
    const double = { id: 'double', type: 'ExpressionTransformer', params: { expression: 'fee_per_rate * 2', output_column: 'twice' } }
    const chain = await preview(spec(nulls, parse, ratio, double), { remove_steps: ['parse'] })
    expect(chain.falls.map(({ step_id }) => step_id)).toEqual(['ratio', 'double'])
    const dropped = { id: 'gone', type: 'DropColumnsTransformer', columns: ['rate'], params: {} }
    const inserted = await preview(spec(nulls, parse, ratio), { insert_step: { step: dropped, before: 'ratio' } })
    expect(inserted).toMatchObject({ falls: [{ step_id: 'ratio' }], lost_columns: ['rate', 'fee_per_rate'] })
    expect(await codeOf(preview(spec(nulls), { remove_steps: ['none'] }))).toBe('SPEC_STEP_UNKNOWN')
  })

  test('tells the steps that learn, and goes on behind columns that one makes', async () => {
    const hot = { id: 'hot', type: 'OneHotEncoder', columns: ['city'], params: { handle_unknown: 'ignore' } }
    const twice = { id: 'twice', type: 'ExpressionTransformer', params: { expression: '`city_ town 0` * 2', output_column: 'twice' } }
    const shown = await preview(spec(hot, twice), { target_column: 'late' })
    expect(shown.steps.map(({ learns, error }) => [learns, error])).toEqual([[true, null], [false, null]])
    expect(shown.steps[0]?.delta).toMatchObject({ dropped: ['city'], added: expect.arrayContaining(['city_ town 0', 'city_ town 6']) })
    expect(shown.output_columns).toContain('twice')
  })

  test('looks at as many rows as are asked for, the same each time', async () => {
    const shown = await preview(spec(nulls), { max_rows: 50 })
    expect(shown).toMatchObject({ rows_before: 50, rows_total: 300, sampled: true })
    expect(shown.steps[0]).toMatchObject({ rows_before: 50, rows_after: 50, rows_total: 300, sampled: true })
    expect(await preview(spec(nulls), { max_rows: 50 })).toEqual(shown)
  })
})

describe('a preprocessor before a model', () => {
  test('is checked, takes the rows of a prediction first, and then stays as it is', async () => {
    const { preprocessors, deployments } = at.client
    const run = await at.deployed(crashTable(), 'label')
    const [version_id, deployment_id] = [run.results.version_id ?? '', run.results.deployment_id ?? '']
    const { deploy_key: deployKey } = await deployments.createDeployKey({ deployment_id, description: 'test' })
    const plain = await at.client.predict([{ amount: 50, visits: 3, colour: 'red' }], { deployKey })
    const rename = { id: 'names', type: 'RenameColumnsTransformer', params: { mapping: { betrag: 'amount' } } }
    const clean = { id: 'clean', type: 'ParseNumericTransformer', columns: ['betrag'], params: {} }
    const sample = Array.from({ length: 5 }, (_, i) => ({ betrag: `${i + 1} EUR`, visits: i, colour: 'red', label: 'yes' }))
    const { version_id: unfitted } = await create('unfitted', spec(clean, rename))
    expect(await codeOf(preprocessors.checkSignature({ preprocessor_version_id: unfitted, model_version_id: version_id }))).toBe('PREPROCESSOR_NOT_FITTED')
    const { version_id: other } = await create('other', spec(clean), sample)
    expect(await preprocessors.checkSignature({ preprocessor_version_id: other, model_version_id: version_id })).toMatchObject({ signatures_match: false, missing: ['amount'] })
    expect(await codeOf(preprocessors.link({ version_id, preprocessor_version_id: other }))).toBe('SIGNATURES_DIFFER')
    if (stepTypes.has('GroupedLagTransformer')) {
      const lag = { id: 'lag', type: 'GroupedLagTransformer', params: { columns: ['visits'], periods: [1] } }
      const { version_id: needsOthers } = await create('needs other rows', spec(clean, rename, lag), sample)
      expect(await codeOf(preprocessors.link({ version_id, preprocessor_version_id: needsOthers }))).toBe('STEP_REFUSED')
    }
    const { version_id: fitted, preprocessor_id } = await create('before the model', spec(clean, rename), sample)
    expect(await preprocessors.checkSignature({ preprocessor_version_id: fitted, model_version_id: version_id })).toEqual({ signatures_match: true, missing: [], mistyped: [], unused: [] })
    for (let i = 0; i < 2; i++) expect((await preprocessors.link({ version_id, preprocessor_version_id: fitted })).success).toBe(true)
    const another = await at.another()
    const elsewhere = new Signalbox({ baseUrl: another.url, apiKey: at.apiKey })
    expect(await elsewhere.predict([{ betrag: '50 EUR', visits: 3, colour: 'red' }], { deployKey })).toEqual(plain)
    expect(await elsewhere.deployments.payload(deployment_id)).toEqual(sample.map(({ label: _label, ...row }) => row))
    expect((await preprocessors.getVersion(fitted)).linked_models).toEqual([version_id])
    expect(await codeOf(preprocessors.fit(fitted, sample))).toBe('PREPROCESSOR_LINKED')
    expect(await codeOf(preprocessors.deleteVersion(fitted))).toBe('PREPROCESSOR_LINKED')
    expect(await codeOf(preprocessors.delete(preprocessor_id))).toBe('PREPROCESSOR_LINKED')
    const lost = await at.client.preprocessors.previewSpec({ dataset_id: run.dataset_id ?? '', spec: spec({ id: 'd', type: 'DropColumnsTransformer', columns: ['amount'], params: {} }), run_id: run.run_id })
    expect(lost.lost_terms).toEqual(expect.arrayContaining([{ term: 'amount', columns: ['amount'] }]))
  })
})
