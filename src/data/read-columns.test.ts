import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Column, Table } from '#core/dataset'
import type { ColumnRequest, Values } from '#core/ports'
import { name, sql } from '#core/sql'
import { dataBench, never, tableOf } from './data.testkit.ts'
import type { DataBench } from './data.testkit.ts'

let bench: DataBench

beforeAll(async () => {
  bench = await dataBench()
})

afterAll(() => bench.close())

function read(table: Table, columns: ColumnRequest[], where?: ReturnType<typeof sql>): Promise<Values[]> {
  const request = { table: table.hash, columns }
  return bench.engine.columns(where === undefined ? request : { ...request, where }, { signal: never })
}

function textsOf(values: Values | undefined): (string | null)[] {
  if (values?.kind !== 'category') throw new Error('expected a category')
  return Array.from(values.codes, (code) => values.levels[code] ?? null)
}

function numbersOf(values: Values | undefined): number[] {
  if (values?.kind !== 'numeric') throw new Error('expected numbers')
  return [...values.values]
}

const text: Column[] = [{ id: 'c0', name: 'word', type: 'text' }]

function textTable(words: readonly (string | null)[]): Promise<Table> {
  const rows = words.map((word, i) => sql`SELECT ${i} AS row_id, CAST(${word} AS VARCHAR) AS c0`)
  return tableOf(
    bench,
    rows.reduce((all, next) => sql`${all} UNION ALL ${next}`),
    text,
  )
}

describe('columns', () => {
  it('gives numbers, dates as days, times as seconds and booleans as 0 and 1 over shared memory', async () => {
    const columns: Column[] = [
      { id: 'c0', name: 'd', type: 'date' },
      { id: 'c1', name: 't', type: 'timestamp' },
      { id: 'c2', name: 'b', type: 'boolean' },
      { id: 'c3', name: 'n', type: 'number' },
    ]
    const table = await tableOf(
      bench,
      sql`SELECT 1 AS row_id, DATE '1970-01-03' AS c0, TIMESTAMP '1970-01-01 00:00:01.5' AS c1, true AS c2, 0.1 AS c3
          UNION ALL SELECT 0, NULL, NULL, NULL, CAST('inf' AS DOUBLE)`,
      columns,
    )
    const found = await read(
      table,
      columns.map((column) => ({ kind: 'numeric', expression: name(column.id) })),
    )
    expect(found.map(numbersOf)).toEqual([
      [Number.NaN, 2],
      [Number.NaN, 1.5],
      [Number.NaN, 1],
      [Number.NaN, 0.1],
    ])
    expect(
      found.every((values) => values.kind === 'numeric' && values.values.buffer instanceof SharedArrayBuffer),
    ).toBe(true)
  })

  it('computes expressions with parameters, for the rows that are asked for', async () => {
    const table = await textTable(['a', 'b', null, 'a'])
    const found = await read(
      table,
      [
        { kind: 'numeric', expression: sql`CASE WHEN c0 = ${'a'} THEN ${2} ELSE ${0.5} END` },
        { kind: 'category', expression: sql`c0 || ${'!'}` },
      ],
      sql`row_id >= ${1}`,
    )
    expect(numbersOf(found[0])).toEqual([0.5, 0.5, 2])
    expect(textsOf(found[1])).toEqual(['b!', null, 'a!'])
  })

  it('prints levels as JavaScript does', async () => {
    const table = await tableOf(
      bench,
      sql`SELECT i AS row_id, i / 2 AS c0, i AS c1, i = 1 AS c2, DATE '2024-01-01' + CAST(i AS INTEGER) AS c3 FROM range(3) AS r(i)`,
      [
        { id: 'c0', name: 'a', type: 'number' },
        { id: 'c1', name: 'b', type: 'integer' },
        { id: 'c2', name: 'c', type: 'boolean' },
        { id: 'c3', name: 'd', type: 'date' },
      ],
    )
    const found = await read(
      table,
      ['c0', 'c1', 'c2', 'c3'].map((id) => ({ kind: 'category', expression: name(id) })),
    )
    expect(found.map(textsOf)).toEqual([
      ['0', '0.5', '1'],
      ['0', '1', '2'],
      ['false', 'true', 'false'],
      ['2024-01-01', '2024-01-02', '2024-01-03'],
    ])
  })

  it('gives back any words, their levels sorted by code unit', async () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('', ' ', 'a', '\u{1f600}', '\uffee', 'é', "'", '"'),
      fc.constant(null),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 20 }), async (words) => {
        const found = await read(await textTable(words), [{ kind: 'category', expression: name('c0') }])
        expect(textsOf(found[0])).toEqual(words)
        const levels = found[0]?.kind === 'category' ? found[0].levels : []
        expect(levels).toEqual([...new Set(words.filter((each) => each !== null))].sort())
      }),
      { numRuns: 25 },
    )
  })

  it('keeps the order of the rows in a table of many chunks and many columns', async () => {
    const many = Array.from(
      { length: 30 },
      (_, i): Column => ({ id: `c${i}`, name: `n${i}`, type: i % 2 === 0 ? 'integer' : 'text' }),
    )
    const list = many.map((column, i) =>
      i % 2 === 0 ? `(i * ${i + 1}) % 1000 AS ${column.id}` : `'v' || (i * ${i}) % 77 AS ${column.id}`,
    )
    const table = await tableOf(
      bench,
      { parts: [`SELECT 40000 - i AS row_id, ${list.join(', ')} FROM range(40000) AS r(i)`], values: [] },
      many,
    )
    const found = await read(
      table,
      many.map((column, i) => ({ kind: i % 2 === 0 ? 'numeric' : 'category', expression: name(column.id) })),
    )
    for (const row of [0, 1, 2_047, 2_048, 39_999]) {
      const i = 39_999 - row
      expect(numbersOf(found[28])[row]).toBe((i * 29) % 1000)
      expect(textsOf(found[29])[row]).toBe(`v${(i * 29) % 77}`)
    }
  })

  it('gives empty columns where no row is asked for', async () => {
    const table = await textTable(['a'])
    const found = await read(
      table,
      [
        { kind: 'numeric', expression: sql`row_id` },
        { kind: 'category', expression: name('c0') },
      ],
      sql`row_id > 5`,
    )
    expect(found).toEqual([
      { kind: 'numeric', values: new Float64Array(0) },
      { kind: 'category', codes: new Int32Array(0), levels: [] },
    ])
  })
})
