import { afterAll, beforeAll, expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import type { StepSpec } from '#core/pipeline-spec'
import { name, sql } from '#core/sql'
import { startDataTools, type DataTools } from '../../tests/data-tools.ts'
import { compilePipeline, fitPipeline, pipelineQuery } from './compile-pipeline.ts'
import { rowRunner } from './run-row.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

const columns = [
  { name: 'a', cells: ['1,000', ' ? ', 'x9', '12 %', '7'] },
  { name: 'b', cells: ['5-7', 'none', '-', '$3', ' 8 '] },
  { name: 'c', cells: ['red ', ' red', 'blue', '?', 'r3d'] },
  { name: 'd', cells: ['1', '2', '3', '4', 'x'] },
]
const step = (id: string, type: string, more: Partial<StepSpec>): StepSpec => ({ id, type, params: {}, ...more })

/** Steps on one column depend on each other, those on different columns share a level of the query. */
const steps: StepSpec[] = [
  step('1', 'NullTokensTransformer', { columns: ['a', 'c'], params: { tokens: ['?', '7'], flag_suffix: '_gone' } }),
  step('2', 'TextCleanTransformer', { columns: ['c'], params: { operations: ['strip'] } }),
  step('3', 'ParseNumericTransformer', { columns: ['b'], params: { suffix: '_number' } }),
  step('4', 'ParseNumericTransformer', { columns: ['a'] }),
  step('5', 'RenameColumnsTransformer', { params: { mapping: { a: 'amount', b_number: 'a' } } }),
  step('6', 'TypeCastTransformer', { params: { dtypes: { a_gone: 'float64', d: 'float64' } } }),
  step('7', 'DropColumnsTransformer', { columns: ['b', 'c_gone'] }),
  step('8', 'TextCleanTransformer', { columns: ['c'], params: { operations: ['mask_digits'] } }),
]

test('steps that share a level of the query give what they give one after another', async () => {
  const table = await bench.read(columns)
  const pipeline = orThrow(compilePipeline({ version: '2.0', steps }, table.columns))
  const tables = { t: table.hash }
  const state = orThrow(await fitPipeline(pipeline, { data: bench.tools.data, table: name('t'), tables, signal: bench.tools.signal }))
  const query = sql`select * from (${pipelineQuery(pipeline, name('t'), state)}) q order by row_id`
  const answer = await bench.tools.data.query(query, { tables, signal: bench.tools.signal })
  const run = rowRunner(pipeline, state)
  const rows = columns[0]?.cells.map((_, row) => run(Object.fromEntries(columns.map((column) => [column.name, column.cells[row] ?? null]))))
  expect(answer.map((row) => Object.fromEntries(pipeline.output.map((column) => [column.name, row[column.id] ?? null])))).toEqual(rows)
  expect(rows?.[0]).toEqual({ amount: 1000, a: 6, c: 'red', a_gone: 0, d: 1 })
  expect(rows?.[4]).toEqual({ amount: null, a: 8, c: 'rNUMd', a_gone: 1, d: null })
})

test('a fit sees the steps before it that its columns depend on', async () => {
  const table = await bench.read(columns)
  const tables = { t: table.hash }
  const fitSteps = async (...list: StepSpec[]): Promise<string> => {
    const pipeline = orThrow(compilePipeline({ version: '2.0', steps: list }, table.columns))
    const fitted = await fitPipeline(pipeline, { data: bench.tools.data, table: name('t'), tables, signal: bench.tools.signal })
    return fitted.ok ? 'fitted' : fitted.refusal.message
  }
  const parse = step('p', 'ParseNumericTransformer', { columns: ['c'] })
  expect(await fitSteps(parse)).toContain('no value of "c" reads as a number')
  expect(await fitSteps(step('n', 'NullTokensTransformer', { columns: ['c'], params: { tokens: ['red', 'blue', 'r3d'] } }), parse)).toBe('fitted')
  expect(await fitSteps(step('d', 'DropColumnsTransformer', { columns: ['a'] }), step('n', 'NullTokensTransformer', { columns: ['b'], params: { flag_suffix: '_f' } }), parse)).toContain('no value of "c"')
})
