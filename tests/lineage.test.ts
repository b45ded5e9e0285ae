import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, endOf, nextCard, openTestHouse, type TestHouse } from './house.testkit.ts'

let at: TestHouse
let runId: string
beforeAll(async () => {
  at = await openTestHouse()
  const dataset_id = await at.upload(table())
  const settings = { model_name: 'lineage', auto_mode: true, require_approval: ['data_preparation'], phase_plan: ['data_preparation', 'label_selection', 'model_training'], dataset_id, target: 'label', test: { index: [5, 4] as [number, number] } }
  runId = (await at.client.agentic.startRun(settings)).run_id
  const { decision_type, decision_id, revision } = await nextCard(at.client, runId)
  await at.client.agentic.submitDecision(runId, { decision_type, decision_id, revision, custom_value: spec })
  await endOf(at.client, runId)
})
afterAll(() => at.close())

/** Two columns decide the label, one of them written as text with a currency and a mark for missing. */
function table(): string {
  const rows = Array.from({ length: 500 }, (_, i) => {
    const [a, b] = [(i * 7919) % 1013, (i * 104_729) % 53]
    return `${i % 10 === 0 ? '?' : `"$${1 + Math.floor(a / 1000)},${String(a % 1000).padStart(3, '0')}"`},${b},${(a / 1013 + b / 53 + ((i * 48_271) % 97) / 97) > 1.5 ? 'yes' : 'no'}`
  })
  return ['price; "gross" 💥,visits,label', ...rows].join('\n')
}

const price = 'price; "gross" 💥'
const spec = {
  version: '2.0',
  steps: [
    { id: 'marks', type: 'NullTokensTransformer', columns: [price], params: { tokens: ['?'] }, description: 'Marks for missing' },
    { id: 'numbers', type: 'ParseNumericTransformer', columns: [price], params: {} },
    { id: 'names', type: 'RenameColumnsTransformer', params: { mapping: { [price]: 'price' } } },
    { id: 'each', type: 'ExpressionTransformer', params: { expression: 'price / (visits + 1)', output_column: 'price per visit' } },
  ],
}

describe('the graph of the steps', () => {
  test('says what each did to the rows, with rows before and after', async () => {
    const { nodes, edges } = await at.client.agentic.getPreprocessingDag(runId)
    expect(nodes.map(({ type }) => type)).toEqual(['raw_table', 'step', 'step', 'step', 'step', 'model_input'])
    const [, marks, numbers, names, each] = nodes
    expect(marks).toMatchObject({ label: 'Marks for missing', phase: 'data_preparation', detail: { type: 'NullTokensTransformer', params: { tokens: ['?'] }, learns: false }, text: expect.stringContaining(JSON.stringify(price)) })
    expect(marks?.effect).toMatchObject({ rows: 500, rows_changed: 50, nulls_filled: 0, nulls_made: 50, columns: { [price]: { changed_cells: 50, nulls_before: 0, nulls_after: 50 } } })
    expect(marks?.effect?.sample[0]).toEqual({ before: { [price]: '?' }, after: { [price]: null } })
    expect(numbers?.effect).toMatchObject({ rows_changed: 450, sample: [{ before: { [price]: '$1,828' }, after: { [price]: 1828 } }, {}, {}, {}, {}] })
    expect(names?.effect).toMatchObject({ rows_changed: 0, sample: expect.arrayContaining([{ before: { [price]: null }, after: { price: null } }]) })
    expect(each?.effect).toMatchObject({ columns: { 'price per visit': { changed_cells: 0, nulls_after: 50 } } })
    expect(edges.map(({ source, target, columns }) => `${source} > ${target}: ${columns.join(', ')}`)).toEqual([
      `raw > step:1:marks: ${price}`, `step:1:marks > step:2:numbers: ${price}`, `step:2:numbers > step:3:names: ${price}`,
      'step:3:names > step:4:each: price', 'raw > step:4:each: visits', 'raw > model_input: visits', 'step:3:names > model_input: price', 'step:4:each > model_input: price per visit',
    ])
  })
})

describe('the lineage of the columns', () => {
  test('leads from the raw column to the term', async () => {
    const { columns, edges, prediction } = await at.client.agentic.getColumnLineage(runId)
    expect(prediction).toBeNull()
    const ratio = edges.filter(({ target }) => target === 'prepared:price per visit')
    expect(ratio.map(({ source }) => source).sort()).toEqual([`raw:${price}`, 'raw:visits'])
    expect(ratio.find(({ source }) => source === `raw:${price}`)?.steps.map(({ id, does }) => [id, does])).toEqual([['marks', 'change'], ['numbers', 'change'], ['names', 'rename'], ['each', 'create']])
    expect(columns.filter(({ type }) => type === 'model_term').length).toBeGreaterThan(0)
  })

  test('leads on to what a row is predicted, and its parts add up', async () => {
    const { columns, edges, prediction } = await at.client.agentic.getColumnLineage(runId, { row: 4 })
    const parts = columns.filter(({ type }) => type === 'model_term').map(({ contribution }) => contribution ?? Number.NaN)
    expect(prediction).toMatchObject({ row: 4, side: 'test' })
    expect(parts.reduce((sum, part) => sum + part, prediction?.start ?? Number.NaN)).toBeCloseTo(prediction?.total ?? 0, 9)
    const value = (id: string) => columns.find((column) => column.id === id)?.value
    expect([value(`raw:${price}`), value('prepared:price'), value('raw:visits'), value('prediction')]).toEqual(['$1,273', 1273, (4 * 104_729) % 53, prediction?.prediction])
    expect(edges.filter(({ target }) => target === 'prediction')).toHaveLength(parts.length)
    expect(await codeOf(at.client.agentic.getColumnLineage(runId, { row: 500 }))).toBe('NOT_FOUND')
  })

  test('of a run without a model ends at the columns', async () => {
    const dataset_id = await at.upload(table())
    const { run_id } = await at.client.agentic.startRun({ model_name: 'waits', dataset_id })
    await nextCard(at.client, run_id)
    const { nodes, edges } = await at.client.agentic.getPreprocessingDag(run_id)
    expect(nodes.map(({ type }) => type)).toEqual(['raw_table', 'model_input'])
    expect(edges).toEqual([{ source: 'raw', target: 'model_input', columns: [price, 'visits', 'label'] }])
    expect(await codeOf(at.client.agentic.getColumnLineage(run_id, { row: 0 }))).toBe('RUN_WITHOUT_MODEL')
    expect((await at.client.agentic.getOpenLineage(run_id)).outputs).toHaveLength(1)
  })
})

const schema = (file: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(`openlineage/${file}.json`, import.meta.url), 'utf8'))

describe('the OpenLineage event', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema(schema('OpenLineage'))
  ajv.addSchema(schema('ColumnLineageDatasetFacet'))
  const checkEvent = ajv.compile({ $ref: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent' })
  const checkFacets = ajv.compile({ $ref: 'https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json' })

  test('is what the official schemas say, and a broken one is not', async () => {
    const event = await at.client.agentic.getOpenLineage(runId)
    expect([checkEvent(event), checkEvent.errors]).toEqual([true, null])
    expect(event).toMatchObject({ eventType: 'COMPLETE', run: { runId } })
    for (const { facets } of event.outputs) expect([checkFacets(facets), checkFacets.errors]).toEqual([true, null])
    expect(checkFacets({ columnLineage: { ...event.outputs[0]?.facets.columnLineage, fields: { price: { inputFields: [{ field: 'no dataset' }] } } } })).toBe(false)
    expect(checkEvent({ ...event, run: {} })).toBe(false)
  })

  test('tells a renamed column from one that was worked on, and leads to the terms', async () => {
    const { inputs, outputs } = await at.client.agentic.getOpenLineage(runId)
    const [input, terms] = outputs
    const fields = input?.facets.columnLineage.fields
    expect(fields?.visits?.inputFields).toMatchObject([{ namespace: inputs[0]?.namespace, name: inputs[0]?.name, field: 'visits', transformations: [{ type: 'DIRECT', subtype: 'IDENTITY' }] }])
    expect(fields?.['price per visit']?.inputFields.map(({ field, transformations }) => [field, transformations[0]?.subtype]).sort()).toEqual([[price, 'TRANSFORMATION'], ['visits', 'TRANSFORMATION']])
    expect(fields).not.toHaveProperty('label')
    const named = Object.values(terms?.facets.columnLineage.fields ?? {}).flatMap(({ inputFields }) => inputFields.map(({ name, field }) => [name, field]))
    expect(named.length).toBeGreaterThan(0)
    for (const [name, field] of named) {
      expect(name).toBe(input?.name)
      expect(Object.keys(fields ?? {})).toContain(field)
    }
  })
})
