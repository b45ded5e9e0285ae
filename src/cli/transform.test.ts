import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

const folder = mkdtempSync(join(tmpdir(), 'signalbox-transform-test-'))
const scratch = join(folder, 'scratch')
const fileOf = (name: string) => join(folder, name)

function runTransform(...given: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, TMPDIR: scratch }
    execFile(process.execPath, ['bin/signalbox.js', 'transform', ...given], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, out, err })
    })
  })
}

function specOf(name: string, steps: unknown): string {
  writeFileSync(fileOf(name), typeof steps === 'string' ? steps : JSON.stringify({ version: '2.0', steps }))
  return fileOf(name)
}

beforeAll(() => {
  mkdirSync(scratch)
  writeFileSync(fileOf('table.csv'), 'shop,"odd; ""name"" 💥",day,stock\na,1,2024-01-01,n/a\nb,2,2024-01-02,7\na,3,2024-01-03,8\n,4,2024-01-04,9\na,5,2024-01-05,\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const steps = [
  { id: 'tokens', type: 'NullTokensTransformer', columns: ['stock'], params: {} },
  { id: 'numbers', type: 'ParseNumericTransformer', columns: ['stock'], params: {}, description: null },
  { id: 'lag', type: 'GroupedLagTransformer', columns: ['odd; "name" 💥'], params: { group_by: 'shop', order_by: 'day' } },
  { id: 'groups', type: 'GroupBroadcastTransformer', columns: ['stock'], params: { group_by: ['shop'], op: 'mean', suffix: '_here' } },
  { id: 'drop', type: 'DropColumnsTransformer', columns: ['day'] },
]

test('runs the steps over a file and writes the table that they give', async () => {
  const { code, out, err } = await runTransform(fileOf('table.csv'), '--spec', specOf('spec.json', steps), '--out', fileOf('made.csv'), '--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const line = JSON.parse(out)
  expect(line).toMatchObject({ rows: 5, fitted_on_rows: 5, out: fileOf('made.csv') })
  expect(line.columns.map((column: { name: string }) => column.name)).toEqual(['shop', 'odd; "name" 💥', 'stock', 'odd; "name" 💥_lag_1', 'stock_here'])
  expect(line.steps).toMatchObject([
    { id: 'tokens', fitted: false, rows_changed: 1, cells_changed: 1, cells_emptied: 1, cells_filled: 0 },
    { id: 'numbers', fitted: false, cells_changed: 0 },
    { id: 'lag', fitted: false, created: ['odd; "name" 💥_lag_1'] },
    { id: 'groups', fitted: true, created: ['stock_here'] },
    { id: 'drop', dropped: ['day'] },
  ])
  expect(readFileSync(fileOf('made.csv'), 'utf8')).toBe('shop,"odd; ""name"" 💥",stock,"odd; ""name"" 💥_lag_1",stock_here\na,1,,,8\nb,2,7,,7\na,3,8,1,8\n,4,9,,9\na,5,,3,8\n')
  expect(readdirSync(scratch)).toEqual([])
})

test('writes Parquet, which reads as the same table again, and says what learnt from the rows', async () => {
  const spec = specOf('spec.json', steps)
  const first = await runTransform(fileOf('table.csv'), '--spec', spec, '--out', fileOf('made.parquet'))
  expect(first).toMatchObject({ code: 0, err: '' })
  expect(first.out).toContain('Learnt from all 5 rows: groups.\n5 rows and 5 columns are in')
  const again = await runTransform(fileOf('made.parquet'), '--spec', specOf('none.json', []), '--out', fileOf('again.csv'))
  expect(again).toMatchObject({ code: 0, err: '' })
  expect(readFileSync(fileOf('again.csv'), 'utf8')).toContain('\na,3,8,1,8\n,4,9,,9\n')
})

test.each([
  ['a column that is not there', [{ id: 'first', type: 'GroupedLagTransformer', params: { columns: ['stokc'] } }], 'signalbox: Step "first" (GroupedLagTransformer): there is no column "stokc" in the table at this step. Near it are: stock.\n'],
  ['a fault in an expression', [{ id: 'x', type: 'ExpressionTransformer', params: { expression: 'stock +', output_column: 'y' } }], 'at character 8: the expression ends where a value was expected.\n'],
  ['what only the rows show', [{ id: 'x', type: 'CrossCategoriesTransformer', columns: ['shop', 'day'], params: { max_levels: 2 } }], 'Step "x" (CrossCategoriesTransformer): crossing "shop" and "day" gives 4 levels'],
  ['a step without a type', [{ id: 'x', params: {} }], 'The spec is not one of version 2.0: step "x" at steps.0.type: '],
  ['a step that collapses rows', [{ id: 'x', type: 'GroupByAggTransformer', params: {} }], 'makes one row of many'],
  ['code', [{ id: 'x', type: 'custom', params: { code: 'import os' } }], 'custom steps are disabled'],
  ['one id twice', [{ id: 'x', type: 'OneHotEncoder', columns: ['shop'] }, { id: 'x', type: 'TextCleanTransformer' }], 'Two steps of the spec have the id "x".'],
  ['what is no JSON', '{"steps": [1 2]}', 'is not JSON: '],
])('a spec with %s ends in one sentence', async (_, given, sentence) => {
  const { code, out, err } = await runTransform(fileOf('table.csv'), '--spec', specOf('bad.json', given), '--out', fileOf('never.csv'), '--json')
  expect({ code, out, lines: err.split('\n').length }).toEqual({ code: 1, out: '', lines: 2 })
  expect(err).toContain(sentence)
  expect(readdirSync(folder)).not.toContain('never.csv')
})

test('files that are not there, and places that cannot be written, end in one sentence', async () => {
  const spec = specOf('spec.json', steps)
  const table = fileOf('table.csv')
  const failing = async (...given: string[]) => (await runTransform(...given)).err
  expect(await failing(fileOf('no.csv'), '--spec', spec, '--out', fileOf('o.csv'))).toBe(`signalbox: There is no file ${fileOf('no.csv')}.\n`)
  expect(await failing(table, '--spec', fileOf('no.json'), '--out', fileOf('o.csv'))).toBe(`signalbox: There is no file ${fileOf('no.json')}.\n`)
  expect(await failing(table, '--spec', spec, '--out', table)).toContain('would be written over while it is read')
  expect(await failing(table, '--spec', spec, '--out', join(folder, 'no', 'o.csv'))).toContain('There is no folder')
  expect(await runTransform(table, '--spec', spec, '--out', fileOf('o.txt'))).toMatchObject({ code: 2 })
})

test('a step that learns its columns is followed by one that takes them', async () => {
  const spec = specOf('learnt.json', [
    { id: 'hot', type: 'OneHotEncoder', columns: ['shop'], params: { sparse_output: false } },
    { id: 'sum', type: 'ExpressionTransformer', params: { expression: 'shop_a + shop_b', output_column: 'either' } },
  ])
  const { code, err, out } = await runTransform(fileOf('table.csv'), '--spec', spec, '--out', fileOf('hot.csv'), '--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(JSON.parse(out).steps).toMatchObject([{ id: 'hot', fitted: true, dropped: ['shop'] }, { id: 'sum', created: ['either'] }])
  expect(readFileSync(fileOf('hot.csv'), 'utf8')).toContain('either\n')
})

test('a Parquet file is refused names that differ in case alone, and a CSV file has both', async () => {
  writeFileSync(fileOf('case.csv'), 'a,A\n1,2\n')
  const spec = specOf('none.json', [])
  const { code, err } = await runTransform(fileOf('case.csv'), '--spec', spec, '--out', fileOf('case.parquet'))
  expect({ code, err }).toEqual({ code: 1, err: 'signalbox: A Parquet file cannot hold both "a" and "A", which differ in case alone. Rename one of them, or write CSV.\n' })
  expect(await runTransform(fileOf('case.csv'), '--spec', spec, '--out', fileOf('both.csv'))).toMatchObject({ code: 0 })
  expect(readFileSync(fileOf('both.csv'), 'utf8')).toBe('a,A\n1,2\n')
})
