import { describe, expect, test } from 'vitest'
import type { Column } from '#core/dataset'
import type { StepSpec } from '#core/pipeline-spec'
import { sqlText, name } from '#core/sql'
import { compilePipeline, pipelineQuery } from './compile-pipeline.ts'
import { pipelineGraph, pipelineLineage } from './pipeline-graph.ts'
import { rowRunner } from './run-row.ts'

const columns: Column[] = [
  { id: 'c0', name: 'fee', type: 'text' },
  { id: 'c1', name: 'City', type: 'text' },
  { id: 'c4', name: 'when', type: 'timestamp' },
  { id: 'c2', name: 'rate', type: 'number' },
]
const step = (id: string, type: string, more: Partial<StepSpec> = {}): StepSpec => ({ id, type, params: {}, ...more })
const compile = (...steps: StepSpec[]) => compilePipeline({ version: '2.0', steps }, columns)
const compiled = (...steps: StepSpec[]) => {
  const pipeline = compile(...steps)
  if (!pipeline.ok) throw new Error(pipeline.refusal.message)
  return pipeline.value
}

describe('columns through a pipeline', () => {
  const pipeline = compiled(
    step('a', 'NullTokensTransformer', { columns: ['fee'], params: { flag_suffix: '_gone' } }),
    step('b', 'ParseNumericTransformer', { columns: ['FEE '], params: { suffix: '_number' } }),
    step('c', 'RenameColumnsTransformer', { params: { mapping: { City: 'town' } } }),
    step('d', 'DropColumnsTransformer', { columns: ['rate'] }),
  )

  test('renames keep ids, new columns get new ones, and the order is that of the package', () => {
    expect(pipeline.output.map(({ id, name: text, type }) => `${id} ${text} ${type}`)).toEqual(['c1 town text', 'c4 when timestamp', 'c0 fee text', 'c6 fee_number number', 'c5 fee_gone integer'])
  })

  test('lineage says what every step does on the way', () => {
    const lineage = pipelineLineage(pipeline)
    expect(lineage.map(({ from, to }) => `${from} > ${to}`).sort()).toEqual(['City > town', 'fee > fee', 'fee > fee_gone', 'fee > fee_number', 'when > when'])
    expect(lineage.find(({ to }) => to === 'fee_number')?.steps.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(lineage.find(({ to }) => to === 'town')?.steps[0]?.text).toBe('renamed from "City" to "town"')
  })

  test('the graph leads from the raw table to the model input', () => {
    const { nodes, edges } = pipelineGraph(pipeline, ['town'])
    expect(nodes.map((node) => node.kind)).toEqual(['table', 'step', 'step', 'step', 'step', 'model_input'])
    expect(nodes.at(-1)?.columns).toEqual(['town'])
    expect(edges.map(({ source, target, columns: names }) => `${source} > ${target}: ${names.join(', ')}`)).toEqual([
      'raw > step:1:a: fee', 'step:1:a > step:2:b: fee', 'raw > step:3:c: City', 'raw > step:4:d: rate', 'step:3:c > model_input: town',
    ])
    expect(pipelineGraph(compiled()).edges).toEqual([{ source: 'raw', target: 'model_input', columns: ['fee', 'City', 'when', 'rate'] }])
  })

  test('a column that is worked out anew leads back to what it is made of', () => {
    const lengths = step('b', 'ExpressionTransformer', { params: { expression: 'twice - 1', output_column: 'rate' } })
    const replaced = compiled(step('a', 'ExpressionTransformer', { params: { expression: "City == 'Bern'", output_column: 'twice' } }), lengths)
    expect(pipelineLineage(replaced).filter(({ to }) => to === 'rate').map(({ from, steps }) => [from, steps.map(({ does }) => does)])).toEqual([['City', ['create', 'change']]])
  })

  test('a row is read by forgiven names; what it lacks is missing', () => {
    const run = rowRunner(pipeline)
    expect(run({ ' Fee': '1,200', CITY: 'Bern', unknown: 1 })).toEqual({ town: 'Bern', when: null, fee: '1,200', fee_number: 1200, fee_gone: 0 })
    expect(run({})).toEqual({ town: null, when: null, fee: null, fee_number: null, fee_gone: 0 })
  })

  test('no value of a parameter stands in the SQL text', () => {
    const query = pipelineQuery(compiled(step('a', 'NullTokensTransformer', { params: { tokens: ["x' or '1'='1"] } })), name('t'))
    expect(sqlText(query)).not.toContain("or '1'")
  })
})

describe('what cannot be done is refused with a sentence', () => {
  test.each([
    ['a custom step', step('a', 'custom', { params: { code: 'x' } }), 'custom steps are disabled'],
    ['an unknown type', step('a', 'MagicTransformer'), 'is not offered'],
    ['an unknown parameter', step('a', 'NullTokensTransformer', { params: { tokenz: [] } }), 'tokenz'],
    ['a parameter of the wrong type', step('a', 'NullTokensTransformer', { params: { values: ['x'] } }), 'values'],
    ['an unknown column', step('a', 'TextCleanTransformer', { columns: ['fea'], params: { operations: ['strip'] } }), 'Near it are: fee'],
    ['a column twice', step('a', 'TextCleanTransformer', { columns: ['fee', 'FEE'], params: { operations: ['strip'] } }), 'named twice'],
    ['no columns where they are needed', step('a', 'ParseNumericTransformer'), 'needs columns'],
    ['dates as text', step('a', 'ParseNumericTransformer', { columns: ['when'] }), 'holds dates'],
    ['a pattern that engines read differently', step('a', 'TextCleanTransformer', { params: { regex_pattern: '(?<=a)b' } }), 'at its character 1: looking ahead or behind'],
    ['an unknown text operation', step('a', 'TextCleanTransformer', { params: { operations: ['shout'] } }), 'is unknown'],
    ['an unknown type', step('a', 'TypeCastTransformer', { params: { dtypes: { fee: 'complex' } } }), 'the type "complex" is not offered; offered are'],
    ['another handling of errors', step('a', 'TypeCastTransformer', { params: { dtypes: { fee: 'int' }, errors: 'ignore' } }), 'errors'],
    ['two columns of one name', step('a', 'RenameColumnsTransformer', { params: { mapping: { fee: 'City' } } }), 'the name "City"'],
    ['one mark for two things', step('a', 'ParseNumericTransformer', { columns: ['fee'], params: { decimal: ',' } }), 'must differ'],
    ['a zero byte', step('a', 'NullTokensTransformer', { params: { tokens: ['\u0000'] } }), 'zero byte'],
    ['a digit as a currency', step('a', 'ParseNumericTransformer', { columns: ['fee'], params: { currency: '$5' } }), 'currency symbol'],
  ])('%s', (_, spec, words) => {
    const pipeline = compile(spec)
    expect(pipeline.ok).toBe(false)
    if (!pipeline.ok) expect(`${pipeline.refusal.code}: ${pipeline.refusal.message}`).toContain(words)
    if (!pipeline.ok) expect(pipeline.refusal.code).toBe(words === 'the name "City"' ? 'STEP_COLUMN_COLLISION' : 'CUSTOM_REFUSED')
  })

  test('one id twice', () => {
    expect(compile(step('a', 'DropColumnsTransformer', { columns: ['fee'] }), step('a', 'DropColumnsTransformer', { columns: ['rate'] })).ok).toBe(false)
  })
})
