import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Table } from '#core/dataset'
import { compilePipeline } from '#steps/compile-pipeline'
import { startDataTools, type DataTools } from '../../tests/data-tools.ts'
import { type GeneratedColumn, type Maker, tableMaker } from '../../tests/generate-table.ts'
import { findIssues } from './find-issues.ts'
import { type Issue, type IssueCode, issueSchema } from './issue.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

async function issuesOf(columns: readonly GeneratedColumn[], target?: string): Promise<{ issues: readonly Issue[]; table: Table; kinds: Record<string, string> }> {
  const table = await bench.read(columns)
  const id = target === undefined ? null : (table.columns.find((column) => column.name === target)?.id ?? null)
  const { issues, kinds } = await findIssues({ table, target: id }, bench.tools)
  return { issues, table, kinds: Object.fromEntries(table.columns.map((column) => [column.name, kinds[column.id] ?? ''])) }
}

const told = (issues: readonly Issue[]): string[] => issues.map(({ code, columns }) => `${code}: ${columns.join(', ')}`).sort()
const ofCode = (issues: readonly Issue[], code: IssueCode): Issue | undefined => issues.find((issue) => issue.code === code)

/** A column that has nothing to do with any other, so that a table has more than the trap. */
const plain = (make: Maker): GeneratedColumn => ({ name: 'plain', cells: make.cells(() => make.random.next()) })

describe('each planted trap is found once, and nothing else', () => {
  const cases: readonly { readonly title: string; readonly found: string; readonly columns: (make: Maker) => GeneratedColumn[] }[] = [
    { title: 'a code made of nines on a third of the rows', found: 'sentinel_code: last seen', columns: (make) => [{ name: 'last seen', cells: make.cells((row) => (row % 3 === 0 ? 999 : make.random.below(30))) }] },
    { title: 'a negative code under numbers that are none', found: 'sentinel_code: score', columns: (make) => [{ name: 'score', cells: make.cells((row) => (row % 40 === 0 ? -999 : 10 + make.random.below(50))) }] },
    { title: 'a cap far above all others', found: 'top_code: gain', columns: (make) => [{ name: 'gain', cells: make.cells((row) => (row % 50 === 0 ? 99_999 : make.random.below(9_000))) }] },
    { title: 'zeros of a length', found: 'impossible_zeros: span', columns: (make) => [{ name: 'span', cells: make.cells((row) => (row % 150 === 7 ? 0 : 4 + make.random.below(400) / 100)) }] },
    { title: 'a negative age', found: 'impossible_negatives: age', columns: (make) => [{ name: 'age', cells: make.cells((row) => (row === 33 ? -4 : 18 + make.random.below(60))) }] },
    { title: 'a year of the wrong century', found: 'impossible_year: year built', columns: (make) => [{ name: 'year built', cells: make.cells((row) => (row === 90 ? 2207 : 1950 + make.random.below(60))) }] },
    {
      title: 'years out of order', found: 'year_order_violation: sold year, built year',
      columns: (make) => {
        const built = Array.from({ length: make.rows }, () => 1950 + make.random.below(50))
        return [{ name: 'built year', cells: built.map(String) }, { name: 'sold year', cells: make.cells((row) => (built[row] ?? 0) + (row === 41 ? -3 : make.random.below(9))) }]
      },
    },
    {
      title: 'dates out of order', found: 'year_order_violation: left, came',
      columns: (make) => {
        const came = Array.from({ length: make.rows }, () => make.random.below(2_000))
        const iso = (day: number): string => new Date((15_000 + day) * 86_400_000).toISOString().slice(0, 10)
        return [{ name: 'came', cells: came.map(iso) }, { name: 'left', cells: came.map((day, row) => iso(day + (row === 12 ? -5 : make.random.below(20)))) }]
      },
    },
    {
      title: 'a gap where a count is zero', found: 'structural_missing: pool quality, pool area',
      columns: (make) => {
        const area = Array.from({ length: make.rows }, () => (make.random.below(3) === 0 ? 0 : 20 + make.random.below(60)))
        return [{ name: 'pool area', cells: area.map(String) }, { name: 'pool quality', cells: area.map((size) => (size === 0 ? null : ['rough', 'plain', 'fancy'][make.random.below(3)] ?? '')) }]
      },
    },
    {
      title: 'columns that go missing together', found: 'co_missing: length, width, depth',
      columns: (make) => {
        const gone = Array.from({ length: make.rows }, () => make.random.below(40) === 0)
        return ['length', 'width', 'depth'].map((name) => ({ name, cells: make.numbers().map((value, row) => (gone[row] === true ? null : String(value + 9))) }))
      },
    },
    { title: 'a column that is mostly missing', found: 'mostly_missing: deck', columns: (make) => [{ name: 'deck', cells: make.cells(() => (make.random.below(4) === 0 ? `d${make.random.below(5)}` : null)) }] },
    { title: 'one value in two spellings', found: 'case_variants: sky', columns: (make) => [{ name: 'sky', cells: make.cells((row) => (row % 20 === 3 ? 'Clear' : ['clear', 'cloudy', 'rain'][make.random.below(3)] ?? '')) }] },
    { title: 'dates that do not show whether the day is first', found: 'date_as_text: seen', columns: (make) => [{ name: 'seen', cells: make.cells(() => `${1 + make.random.below(12)}/${1 + make.random.below(12)}/${2000 + make.random.below(20)}`) }] },
    {
      title: 'dates that differ in every row', found: 'date_as_text: seen',
      columns: (make) => [{ name: 'seen', cells: make.cells((row) => `${1 + (row % 12)}/${1 + (Math.floor(row / 12) % 12)}/${2000 + Math.floor(row / 144)}`) }],
    },
    { title: 'times of day', found: 'date_as_text: hour', columns: (make) => [{ name: 'hour', cells: make.cells(() => `${10 + make.random.below(9)}:${10 + make.random.below(49)}`) }] },
    { title: 'words of a scale', found: 'ordinal_scale: grade', columns: (make) => [{ name: 'grade', cells: make.levels(['poor', 'fair', 'good', 'excellent']) }] },
    {
      title: 'letters that a number follows', found: 'ordinal_scale: tone',
      columns: (make) => {
        const step = Array.from({ length: make.rows }, () => make.random.below(7))
        return [{ name: 'tone', cells: step.map((one) => 'CDEFGHI'[one] ?? '') }, { name: 'mass', cells: step.map((one) => String(Math.round((one * 3 + make.random.next() * 9) * 100) / 100)) }]
      },
    },
    { title: 'codes numbered within stems', found: 'ordinal_scale: rank', columns: (make) => [{ name: 'rank', cells: make.levels(['AB1', 'AB2', 'CD1', 'CD2', 'CD3', 'EF1', 'EF2', 'EF']) }] },
    { title: 'sentences', found: 'free_text: remark', columns: (make) => [{ name: 'remark', cells: make.cells((row) => `they said that ${['rain', 'sun', 'fog'][row % 3]} came on day ${row % 200} again`) }] },
    {
      title: 'a marker set on one hour', found: 'sparse_marker: holiday, hour of day',
      columns: (make) => [{ name: 'hour of day', cells: make.cells((row) => row % 12) }, { name: 'holiday', cells: make.cells((row) => (row % 48 === 0 ? 'feast' : null)) }],
    },
    {
      title: 'two columns that say the same', found: 'redundant: class, pclass',
      columns: (make) => {
        const level = Array.from({ length: make.rows }, () => make.random.below(3))
        return [{ name: 'class', cells: level.map((one) => ['first', 'second', 'third'][one] ?? '') }, { name: 'pclass', cells: level.map((one) => String(one + 1)) }]
      },
    },
    {
      title: 'a level on the same rows of several columns', found: 'joint_level: net, mail, films',
      columns: (make) => {
        const none = Array.from({ length: make.rows }, () => make.random.below(4) === 0)
        return ['net', 'mail', 'films'].map((name) => ({ name, cells: none.map((gone) => (gone ? 'no line' : make.random.below(2) === 0 ? 'yes' : 'not')) }))
      },
    },
    { title: 'the weight of a row', found: 'weight_column: survey weight', columns: (make) => [{ name: 'survey weight', cells: make.cells(() => 1_000 + make.random.below(5_000)) }] },
  ]
  test.each(cases)('$title', async ({ found, columns }) => {
    const make = tableMaker(41, 600)
    const { issues } = await issuesOf([...columns(make), plain(make)])
    expect(told(issues)).toEqual([found])
    for (const issue of issues) expect(issueSchema.safeParse(issue).error).toBeUndefined()
  })
})

describe('what is clean has no finding', () => {
  test.each([60, 800, 5_000])('a table of %i rows with skewed numbers, counts, codes, dates, gaps and levels', async (rows) => {
    const make = tableMaker(rows, rows)
    const start = make.numbers()
    const { issues } = await issuesOf([
      { name: 'income', cells: start.map((value, row) => String(Math.round(Math.exp(value * 2 + 7) + row * 1e-3))) },
      { name: 'visits', cells: make.cells(() => Math.floor(make.random.next() ** 4 * 40)) },
      { name: 'balance', cells: make.numbers().map((value) => String(value * 100)) },
      { name: 'loan', cells: make.cells(() => (make.random.below(3) === 0 ? 0 : 1_000 + make.random.below(9_000))) },
      { name: 'year', cells: make.cells(() => 1990 + make.random.below(30)) },
      { name: 'day', cells: make.cells(() => new Date((18_000 + make.random.below(900)) * 86_400_000).toISOString().slice(0, 10)) },
      { name: 'rating', cells: make.cells(() => 1 + make.random.below(5)) },
      { name: 'gap', cells: make.numbers().map((value) => (make.random.below(9) === 0 ? null : String(value))) },
      { name: 'other gap', cells: make.numbers().map((value) => (make.random.below(9) === 0 ? null : String(value))) },
      { name: 'region', cells: make.levels(['north', 'south', 'east', 'west']) },
      { name: 'kind', cells: make.levels(['A', 'B', 'C', 'D', 'E', 'F']) },
      { name: 'rare', cells: make.cells((row) => (row % 20 === 3 ? 'x' : 'y')) },
      { name: 'answer', cells: start.map((value) => (value + (make.random.next() - 0.5) * 2 > 0 ? 'yes' : 'no')) },
    ], 'answer')
    expect(told(issues)).toEqual([])
  })

  test('a strong honest predictor is no proxy, and a seasonal number no drift', async () => {
    const make = tableMaker(3, 3_000)
    const x = make.numbers()
    const { issues } = await issuesOf([
      { name: 'x', cells: x.map(String) },
      { name: 'season', cells: make.cells((row) => Math.round(Math.sin(row / 40) * 1e6) / 1e6) },
      { name: 'y', cells: x.map((value, row) => String(Math.round((value * 10 + Math.sin(row / 40) * 3 + make.random.next() * 8) * 100) / 100)) },
    ], 'y')
    expect(told(issues)).toEqual([])
  })

  test('a cap of a rating, a count from zero and a column sorted by itself are as they should be', async () => {
    const make = tableMaker(5, 500)
    const { issues } = await issuesOf([
      { name: 'stars', cells: make.cells(() => 1 + Math.floor(Math.sqrt(make.random.next()) * 5)) },
      { name: 'children', cells: make.cells(() => Math.floor(make.random.next() ** 2 * 6)) },
      { name: 'percent', cells: make.cells(() => Math.min(100, make.random.below(140))) },
      { name: 'sorted', cells: make.cells((row) => row * 0.37 + make.random.next()) },
    ])
    expect(told(issues)).toEqual([])
  })
})

test('steps that are offered as safe do what the issue says, and bind to the table', async () => {
  const make = tableMaker(9, 400)
  const { issues, table } = await issuesOf([
    { name: 'span', cells: make.cells((row) => (row % 150 === 7 ? 0 : 4 + make.random.below(400) / 100)) },
    { name: 'town', cells: make.cells((row) => (row % 30 === 1 ? '?' : ['Ulm', 'Gent'][row % 2] ?? '')) },
    { name: 'fee', cells: make.cells(() => `$${1_000 + make.random.below(900)}.50`) },
  ])
  const safe = issues.filter((issue) => issue.safe)
  expect(safe.map(({ code }) => code).sort()).toEqual(['impossible_zeros', 'numeric_as_text', 'placeholder_tokens'])
  const steps = safe.flatMap(({ step }, i) => (step === undefined ? [] : [{ id: `s${i}`, ...step }]))
  const pipeline = compilePipeline({ version: '2.0', steps }, table.columns)
  expect(pipeline.ok && pipeline.value.rowwise).toBe(true)
  expect(ofCode(issues, 'impossible_zeros')).toMatchObject({ column: 'span', count: 3, examples: [{ row: 7, before: 0, after: null }] })
})

test('a column is called by what it holds after its safe steps', async () => {
  const make = tableMaker(13, 200)
  const { kinds } = await issuesOf([
    { name: 'id', cells: make.cells((row) => row + 1) }, { name: 'fee', cells: make.cells(() => `$${make.random.below(900)}.50`) }, { name: 'on', cells: make.levels(['true', 'false']) },
    { name: 'one', cells: make.cells(() => 'x') }, { name: 'day', cells: make.cells((row) => `2024-01-${10 + (row % 19)}`) }, { name: 'town', cells: make.levels(['Ulm', 'Gent']) },
    { name: 'note', cells: make.cells((row) => `this is remark ${row} of many`) },
  ])
  expect(kinds).toEqual({ id: 'identifier', fee: 'numeric', on: 'boolean', one: 'constant', day: 'datetime', town: 'categorical', note: 'text' })
})

test('names of every kind go through', async () => {
  const make = tableMaker(15, 120)
  const names = ['a"b', "a';--", 'select', '💥', 'x'.repeat(300), 'Größe', 'A"B']
  const { issues } = await issuesOf(names.map((name, i) => ({ name, cells: i % 2 === 0 ? make.numbers().map(String) : make.cells((row) => (row % 30 === 0 ? 'n/a' : `v${row % 3}`)) })), names[0])
  expect(issues.filter(({ code }) => code === 'placeholder_tokens').map(({ column }) => column).sort()).toEqual([names[1], names[3], names[5]].sort())
})
