import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Column } from '#core/dataset'
import type { StepSpec } from '#core/pipeline-spec'
import { name, sql } from '#core/sql'
import { startDataTools, type DataTools } from '../../tests/data-tools.ts'
import { compilePipeline, type Pipeline } from './compile-pipeline.ts'
import { editCost, editSpec } from './edit-spec.ts'
import { labelFaults } from './label-faults.ts'
import { refuseTestRows } from './refuse-test-rows.ts'
import { rowFaults } from './row-faults.ts'
import type { BoundStep } from './step-type.ts'
import { trySpec } from './try-spec.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

const columns: Column[] = [
  { id: 'c0', name: 'fee', type: 'text' },
  { id: 'c1', name: 'late', type: 'text' },
  { id: 'c2', name: 'rate', type: 'number' },
]
const step = (id: string, type: string, more: Partial<StepSpec> = {}): StepSpec => ({ id, type, params: {}, ...more })
const spec = (...steps: StepSpec[]) => ({ version: '2.0' as const, steps })

function bound(...steps: StepSpec[]): Pipeline {
  const pipeline = compilePipeline(spec(...steps), columns)
  if (!pipeline.ok) throw new Error(pipeline.refusal.message)
  return pipeline.value
}

describe('a label', () => {
  const label = columns[1] as Column
  test.each([
    ['drops it', step('a', 'DropColumnsTransformer', { columns: ['late'] }), 'STEP_TOUCHES_LABEL', 'drops the label "late"'],
    ['renames it', step('a', 'RenameColumnsTransformer', { params: { mapping: { late: 'y' } } }), 'STEP_TOUCHES_LABEL', 'to "y"'],
    ['changes it', step('a', 'TextCleanTransformer', { params: { operations: ['strip'] } }), 'STEP_TOUCHES_LABEL', 'changes the label'],
    ['makes a column of it', step('a', 'ExpressionTransformer', { params: { expression: "late == 'yes'", output_column: 'leak' } }), 'STEP_READS_LABEL', 'makes "leak" out of the label'],
  ])('is guarded from a step that %s', (...[, given, code, words]) => {
    const faults = labelFaults(bound(given).steps, label)
    expect(faults).toMatchObject([{ step_id: 'a', code, message: expect.stringContaining(words) }])
  })

  test('may be beside what a step does', () => {
    expect(labelFaults(bound(step('a', 'TextCleanTransformer', { columns: ['fee'], params: { operations: ['strip'] } })).steps, label)).toEqual([])
  })
})

/** A step that no type of the catalogue is: it repeats rows. */
function repeating(pipeline: Pipeline): Pipeline {
  const steps = pipeline.steps.map((one): BoundStep => ({ ...one, sql: () => ({ layers: [], assign: [{ id: 'c2', expression: sql`unnest([${name('c2')}, 0.0])` }] }) }))
  return { ...pipeline, steps }
}

test('a step that repeats rows is found by counting', async () => {
  const table = await bench.read([{ name: 'fee', cells: ['a', 'b'] }, { name: 'late', cells: ['x', 'y'] }, { name: 'rate', cells: ['1', '2.5'] }])
  const rows = { data: bench.tools.data, tables: { t: table.hash }, signal: bench.tools.signal, table: name('t') }
  const pipeline = bound(step('keep', 'TextCleanTransformer', { columns: ['fee'], params: { operations: ['strip'] } }))
  expect(await rowFaults(pipeline, { rows, state: {} })).toEqual([])
  expect(await rowFaults(repeating(pipeline), { rows, state: {} })).toMatchObject([{ step_id: 'keep', code: 'STEP_CHANGES_ROWS', message: expect.stringContaining('makes 4 rows out of 2') }])
})

test('steps are refused sealed rows to be fitted on', async () => {
  const table = await bench.read([{ name: 'fee', cells: ['a', 'b', 'c'] }, { name: 'late', cells: ['x', 'y', 'z'] }, { name: 'rate', cells: ['1', '2.5', '3'] }])
  const source = { data: bench.tools.data, tables: { t: table.hash }, signal: bench.tools.signal, sealed: sql`select row_id from t where row_id = 2` }
  const all = sql`(select * from t) r`
  const training = sql`(select * from t where row_id < 2) r`
  expect(await refuseTestRows({ ...source, table: training })).toEqual({ ok: true, value: null })
  const refused = await refuseTestRows({ ...source, table: all })
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'STEP_LEARNS_FROM_TEST_ROWS', message: expect.stringContaining('fitted on 1 sealed test row.') } })
})

describe('an edit', () => {
  const chain = spec(
    step('a', 'ExpressionTransformer', { params: { expression: 'rate * 2', output_column: 'twice' } }),
    step('b', 'ExpressionTransformer', { params: { expression: 'twice + 1', output_column: 'more' } }),
    step('c', 'ExpressionTransformer', { params: { expression: 'rate + 1', output_column: 'other' } }),
  )

  test('takes along every step that needs what is gone, and no other', async () => {
    const edited = editSpec(chain, { remove: ['a'], insert: null })
    if (!edited.ok) throw new Error(edited.refusal.message)
    const cost = await editCost(chain, edited.value, columns)
    expect(cost.falls.map(({ step_id }) => step_id)).toEqual(['b'])
    expect(cost.lost).toEqual(['twice', 'more'])
  })

  test('puts a step where it is asked for', () => {
    const inserted = step('x', 'DropColumnsTransformer', { columns: ['fee'] })
    const ids = (before: string | null, remove: string[] = []) => {
      const edited = editSpec(chain, { remove, insert: { step: inserted, before } })
      return edited.ok ? edited.value.steps.map(({ id }) => id) : edited.refusal.code
    }
    expect(ids(null)).toEqual(['a', 'b', 'c', 'x'])
    expect(ids('b')).toEqual(['a', 'x', 'b', 'c'])
    expect(ids('b', ['b'])).toEqual(['a', 'x', 'c'])
    expect(ids('z')).toBe('SPEC_STEP_UNKNOWN')
  })
})

test('a spec goes as far as it can: what fails to bind or to fit is left out, with its code', async () => {
  const table = await bench.read([{ name: 'fee', cells: ['a', 'b'] }, { name: 'late', cells: ['x', 'y'] }, { name: 'rate', cells: ['1', '2.5'] }])
  const rows = { data: bench.tools.data, tables: { t: table.hash }, signal: bench.tools.signal, table: name('t') }
  const tried = await trySpec(
    spec(
      step('custom', 'custom'), step('groups', 'GroupByAggTransformer'), step('unknown', 'MagicTransformer'), step('unfit', 'ParseNumericTransformer', { columns: ['fee'] }),
      step('clash', 'RenameColumnsTransformer', { params: { mapping: { fee: 'rate' } } }), step('good', 'DropColumnsTransformer', { columns: ['fee'] }), step('good', 'DropColumnsTransformer', { columns: ['rate'] }),
    ),
    columns,
    rows,
  )
  expect(tried.steps.map(({ fault }) => fault?.code ?? null)).toEqual(['custom_steps_disabled', 'STEP_CHANGES_ROWS', 'STEP_REFUSED', 'STEP_REFUSED', 'STEP_COLUMN_COLLISION', null, 'STEP_REFUSED'])
  expect(tried.pipeline.output.map(({ name: text }) => text)).toEqual(['late', 'rate'])
})
