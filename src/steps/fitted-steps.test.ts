import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Column } from '#core/dataset'
import { orThrow } from '#core/errors'
import type { StepSpec } from '#core/pipeline-spec'
import type { Cell } from '#core/ports'
import { name, sql } from '#core/sql'
import { type DataTools, startDataTools } from '../../tests/data-tools.ts'
import { compileKnown, compilePipeline, fitSpec, pipelineQuery } from './compile-pipeline.ts'
import { exactMeans } from './exact-sum.ts'
import { momentsOf } from './moments.ts'
import { floatText } from './python-text.ts'
import { storeRows } from './recorded-steps.testkit.ts'
import { rowRunner } from './run-row.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

const columns: Column[] = [
  { id: 'c0', name: 'town', type: 'text' },
  { id: 'c1', name: 'size', type: 'number' },
  { id: 'c2', name: 'count', type: 'integer' },
  { id: 'c3', name: 'day', type: 'date' },
  { id: 'c4', name: 'flag', type: 'boolean' },
]
const rows: Record<string, Cell>[] = [
  { town: 'Bern', size: 0.1, count: 3, day: '2024-01-01', flag: true },
  { town: 'Łódź', size: 0.2, count: null, day: null, flag: false },
  { town: null, size: -0.3, count: 5, day: '2024-01-02', flag: true },
  { town: 'Bern', size: 1e16, count: 5, day: null, flag: null },
]
const step = (type: string, params: StepSpec['params'], named?: string[]): StepSpec => ({ id: 's', type, params, ...(named === undefined ? {} : { columns: named }) })

async function fitOn(steps: readonly StepSpec[], table: readonly Record<string, Cell>[] = rows) {
  const stored = await storeRows(bench, columns, table)
  const fitted = await fitSpec({ version: '2.0', steps: [...steps] }, columns, { data: bench.tools.data, table: name('t'), tables: { t: stored.hash }, signal: bench.tools.signal, side: 'rows of a test' })
  return { stored, fitted }
}

describe('what cannot be done is refused with a sentence', () => {
  test.each<[string, StepSpec, string]>([
    ['a scaler without columns', step('StandardScaler', {}), 'needs columns'],
    ['a scaler of text', step('StandardScaler', {}, ['town']), '"town" holds text'],
    ['a scaler of dates', step('MinMaxScaler', {}, ['day']), '"day" holds dates'],
    ['a parameter that is none', step('RobustScaler', { quantiles: [1, 2] }, ['size']), 'quantiles'],
    ['a range that falls', step('MinMaxScaler', { feature_range: [1, 0] }, ['size']), 'must lie below'],
    ['quantiles outside', step('RobustScaler', { quantile_range: [-1, 50] }, ['size']), 'within 0 to 100'],
    ['a mean of text', step('SimpleImputer', { strategy: 'mean' }, ['town']), 'holds text'],
    ['a constant of another type', step('SimpleImputer', { strategy: 'constant', fill_value: 'x' }, ['size']), 'cannot stand in "size"'],
    ['a text for missing numbers', step('SimpleImputer', { missing_values: '?' }, ['size']), 'no value of "size"'],
    ['a strategy for no column', step('FillMissingTransformer', { strategies: { sise: 'mean' } }), 'Near it are: size'],
    ['a mean of truth values', step('FillMissingTransformer', { strategies: { flag: 'mean' } }), 'no numbers'],
    ['categories that fall', step('OrdinalEncoder', { categories: [[3, 1]] }, ['count']), 'must rise'],
    ['categories for too few columns', step('OneHotEncoder', { categories: [['a']] }, ['town', 'count']), 'lists 1 columns'],
    ['a code for unknown ones that is missing', step('OrdinalEncoder', { handle_unknown: 'use_encoded_value' }, ['town']), 'needs unknown_value'],
    ['another type of number', step('OneHotEncoder', { dtype: 'bool' }, ['town']), 'dtype'],
    ['more quantiles than rows looked at', step('QuantileTransformer', { n_quantiles: 20, subsample: 10 }, ['size']), 'cannot be more than'],
    ['bounds that cross', step('ClipTransformer', { bounds: { size: [3, 1] } }), 'is above the greatest'],
    ['bounds of text', step('ClipTransformer', { bounds: { town: [3, 4] } }), 'holds no numbers'],
  ])('%s', (_, spec, words) => {
    const compiled = compileKnown({ version: '2.0', steps: [spec] }, columns)
    expect(compiled.ok ? 'accepted' : compiled.refusal.message).toContain(words)
  })

  test.each<[string, StepSpec, string]>([
    ['bins of a column with gaps', step('KBinsDiscretizer', {}, ['count']), 'missing on 1 rows'],
    ['a threshold on a column with gaps', step('Binarizer', {}, ['flag']), 'missing on 1 rows'],
    ['box-cox below zero', step('PowerTransformer', { method: 'box-cox' }, ['size']), 'above zero'],
    ['a category that is not listed', step('OneHotEncoder', { categories: [['Bern', null]] }, ['town']), 'not listed: "Łódź"'],
    ['a drop that is no category', step('OneHotEncoder', { drop: ['Basel'] }, ['town']), 'no category'],
    ['a code that is taken', step('OrdinalEncoder', { handle_unknown: 'use_encoded_value', unknown_value: 1 }, ['town']), 'code of a category'],
    ['a text that is no number, where errors are raised', step('TypeCastTransformer', { dtypes: { town: 'float64' }, errors: 'raise' }), 'cannot be cast, such as "'],
    ['gaps among whole numbers, where errors are raised', step('TypeCastTransformer', { dtypes: { count: 'int64' }, errors: 'raise' }), 'missing on 1 rows, and whole numbers'],
    ['a level beside the scale, where unknown ones are an error', step('OrdinalMapTransformer', { order: ['Bern'], unknown: 'error' }, ['town']), 'not in the scale: "Łódź"'],
    ['gaps beside a value for missing', step('SimpleImputer', { missing_values: 5 }, ['count']), 'fill those first'],
  ])('at fit: %s', async (_, spec, words) => {
    const { fitted } = await fitOn([spec])
    expect(fitted.ok ? 'accepted' : fitted.refusal.message).toContain(words)
  })
})

describe('columns that a fit decides', () => {
  const steps = [
    { ...step('OneHotEncoder', { handle_unknown: 'ignore' }, ['town']), id: 'hot' },
    { ...step('RenameColumnsTransformer', { mapping: { town_Bern: 'capital' } }), id: 'name' },
    { ...step('SimpleImputer', { add_indicator: true }, ['count']), id: 'fill' },
  ]

  test('are not bound before the fit', () => {
    const before = compilePipeline({ version: '2.0', steps }, columns)
    expect(before.ok ? '' : before.refusal.message).toContain('known once it is fitted')
    const known = orThrow(compileKnown({ version: '2.0', steps }, columns))
    expect(known.pipeline.output.map((column) => column.name)).toEqual(['size', 'count', 'day', 'flag'])
    expect(known.behind.map(({ id }) => id)).toEqual(['name', 'fill'])
  })

  test('can be named by the steps behind, in SQL and row by row', async () => {
    const { stored, fitted } = await fitOn(steps)
    const { pipeline, state } = orThrow(fitted)
    const names = ['size', 'day', 'flag', 'capital', 'town_Łódź', 'town_nan', 'count', 'missingindicator_count']
    expect(pipeline.output.map((column) => column.name)).toEqual(names)
    const again = orThrow(compilePipeline({ version: '2.0', steps }, columns, JSON.parse(JSON.stringify(state))))
    expect(rowRunner(again, state)({ town: 'Basel', size: 1, count: null })).toEqual({ size: 1, day: null, flag: null, capital: 0, 'town_Łódź': 0, town_nan: 0, count: 13 / 3, missingindicator_count: 1 })
    const query = sql`select * from (${pipelineQuery(pipeline, name('t'), state)}) q order by row_id`
    const answer = await bench.tools.data.query(query, { tables: { t: stored.hash }, signal: bench.tools.signal })
    const made = answer.map((row) => Object.fromEntries(pipeline.output.map((column) => [column.name, row[column.id] ?? null])))
    expect(made).toEqual(rows.map(rowRunner(again, state)))
  })

  test('hostile names go through', async () => {
    const odd: Column[] = [{ id: 'c0', name: `a"; drop table t; -- 💥 ${'x'.repeat(300)}`, type: 'text' }, { id: 'c1', name: 'SELECT', type: 'number' }]
    const cells = ['"', "'; --", '', '💥', '$1'].map((text, i): Record<string, Cell> => ({ [odd[0]?.name ?? '']: text, SELECT: i }))
    const table = await storeRows(bench, odd, cells)
    const hostile = [{ id: 'a', type: 'OneHotEncoder', params: {}, columns: [odd[0]?.name ?? ''] }, { id: 'b', type: 'PowerTransformer', params: {}, columns: ['select'] }]
    const fitted = orThrow(await fitSpec({ version: '2.0', steps: hostile }, odd, { data: bench.tools.data, table: name('t'), tables: { t: table.hash }, signal: bench.tools.signal }))
    expect(fitted.pipeline.output.map((column) => column.name.replace(odd[0]?.name ?? '', '·'))).toEqual(['SELECT', '·_', '·_"', '·_$1', "·_'; --", '·_💥'])
  })
})

describe('statistics', () => {
  test('do not depend on the order of the rows, and are exact where floats are not', async () => {
    const values = [1e16, 1, -1e16, 0.1, 0.2, 0.3, 1, 3e-9, -0.6]
    const means = await Promise.all([values, values.toReversed(), values.toSorted()].map(async (list) => {
      const table = await storeRows(bench, columns, list.map((size) => ({ size })))
      const source = { data: bench.tools.data, tables: { t: table.hash }, signal: bench.tools.signal }
      return exactMeans([{ term: name('c1'), exponent: 54 }], { from: sql`select c1 from t`, rows: list.length }, source)
    }))
    expect(new Set(means.flat()).size).toBe(1)
    expect(means[0]?.[0]).toBeCloseTo(2.000000003 / 9, 12)
  })

  test('hold at the ends of the doubles', async () => {
    const table = await storeRows(bench, columns, [{ size: 1.7e308 }, { size: -1.7e308 }, { size: 1.7e308 }, { size: null }])
    const source = { data: bench.tools.data, rows: sql`select * from t`, tables: { t: table.hash }, signal: bench.tools.signal }
    const found = await momentsOf(name('c1'), source)
    expect(found).toMatchObject({ count: 3, missing: 1, variance: Infinity })
    expect((found?.mean ?? 0) / 1e308).toBeCloseTo(1.7 / 3, 12)
    expect((found?.deviation ?? 0) / 1e308).toBeCloseTo(1.7 * Math.sqrt(8 / 9), 12)
  })

  test('say which rows they come from, and another set of rows says another', async () => {
    const [first, second] = await Promise.all([fitOn([step('StandardScaler', {}, ['size'])]), fitOn([step('StandardScaler', {}, ['size'])], rows.slice(1))])
    const origin = (state: unknown) => (state as { s: { fitted_on: { row_set: string; rows: number; side: string } } }).s.fitted_on
    const [one, other] = [origin(orThrow(first.fitted).state), origin(orThrow(second.fitted).state)]
    expect(one).toMatchObject({ rows: 4, side: 'rows of a test', tables: [first.stored.hash] })
    expect(other).toMatchObject({ rows: 3 })
    expect(other.row_set).not.toBe(one.row_set)
    expect(orThrow(first.fitted).pipeline.steps[0]?.describe('c1')).toMatch(/\(learned from 4 rows of a test\)$/u)
  })
})

test('floats are written as Python writes them', () => {
  expect([1, -0, 0.1, 1e15, 1e16, 1.5e300, 1e-4, 1e-5, 123456.789, -2.5e-7].map(floatText)).toEqual(['1.0', '-0.0', '0.1', '1000000000000000.0', '1e+16', '1.5e+300', '0.0001', '1e-05', '123456.789', '-2.5e-07'])
})
