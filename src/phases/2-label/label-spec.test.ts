import { afterAll, beforeAll, expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import type { PipelineSpec } from '#core/pipeline-spec'
import { factsOf, startDataTools, type DataTools } from '../../../tests/data-tools.ts'
import { tableMaker } from '../../../tests/generate-table.ts'
import { preparePhase } from '../1-prepare/phase.ts'
import { specForLabel } from './label-spec.ts'
import { labelPhase } from './phase.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

const spec: PipelineSpec = {
  version: '2.0',
  steps: [
    { id: 'strip', type: 'TextCleanTransformer', params: { operations: ['strip'] } },
    { id: 'mask', type: 'TextCleanTransformer', params: { operations: ['mask_digits'] } },
    { id: 'gone', type: 'NullTokensTransformer', columns: ['plan'], params: { tokens: ['?'] } },
  ],
}

test('all but parsing steps leave a label; other columns keep them', () => {
  const columns = [{ id: 'c0', name: 'note', type: 'text' as const }, { id: 'c1', name: 'plan', type: 'text' as const }]
  const { spec: left, cut } = specForLabel(spec, columns, 'c1')
  expect(cut).toEqual(['mask'])
  expect(left.steps.map((step) => `${step.id} ${step.columns?.join() ?? 'all'}`)).toEqual(['strip all', 'mask note', 'gone plan'])
  expect(specForLabel({ version: '2.0', steps: spec.steps.slice(1, 2) }, columns.slice(1), 'c1').spec.steps).toEqual([])
})

test('the labelled table is made anew from the raw one, and the card says which steps leave', async () => {
  const make = tableMaker(21, 120)
  const table = await bench.read([{ name: 'x', cells: make.cells((row) => row / 8) }, { name: 'note', cells: make.cells((row) => `n${row % 9}`) }, { name: 'plan', cells: make.cells((row) => (row % 40 === 7 ? '?' : [' plan 1', 'plan 2', 'plan 3 '][row % 3] ?? '')) }])
  const proposal = orThrow(await preparePhase.propose(factsOf(table), bench.tools))
  const decision = orThrow(preparePhase.read({ custom_value: JSON.parse(JSON.stringify(spec)) }, proposal))
  const prepared = orThrow(await preparePhase.apply(factsOf(table), decision, bench.tools))
  const facts = factsOf(table, { outcomes: { data_preparation: JSON.parse(JSON.stringify(prepared.outcome)) } })
  const card = orThrow(await labelPhase.propose(facts, bench.tools))
  expect(card.options.find((option) => option.id === 'label:c2')).toMatchObject({ effect: { name: 'plan', classes: ['plan 1', 'plan 2', 'plan 3'] } })
  expect(card.options.find((option) => option.id === 'label:c2')?.evidence.at(-1)?.text).toBe('These steps no longer change it: mask.')
  const { outcome } = orThrow(await labelPhase.apply(facts, orThrow(labelPhase.read({ custom_value: 'plan' }, card)), bench.tools))
  expect(outcome).toMatchObject({ classes: ['plan 1', 'plan 2', 'plan 3'], rows: { labelled: 117, unlabelled: 3 } })
  expect(outcome.spec.steps.map((step) => `${step.id} ${step.columns?.join() ?? 'all'}`)).toEqual(['strip all', 'mask note', 'gone plan'])
})
