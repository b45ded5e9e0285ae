import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Column, ColumnProfile, Profile, Table } from '#core/dataset'
import { sql } from '#core/sql'
import { dataBench, never, tableOf } from './data.testkit.ts'
import type { DataBench } from './data.testkit.ts'

let bench: DataBench

beforeAll(async () => {
  bench = await dataBench()
})

afterAll(() => bench.close())

function profile(table: Table): Promise<Profile> {
  return bench.engine.profile(table, { signal: never })
}

async function columnOf(
  values: readonly (string | number | null)[],
  column: Pick<Column, 'type'>,
): Promise<ColumnProfile | undefined> {
  const rows = values.map((value, i) => sql`SELECT ${i} AS row_id, ${value} AS c0`)
  const table = await tableOf(
    bench,
    rows.reduce((all, next) => sql`${all} UNION ALL ${next}`),
    [{ id: 'c0', name: 'x', ...column }],
  )
  return (await profile(table)).columns[0]
}

describe('the profile of a column', () => {
  it('of numbers has exact ranks, moments and counts', async () => {
    const found = await columnOf([3, 1, 2, 2, null, 0, 10, 2], { type: 'integer' })
    expect(found).toMatchObject({ missing: 1, distinct: 5, text: null })
    expect(found?.top.slice(0, 2)).toEqual([
      { value: '2', count: 3 },
      { value: '0', count: 1 },
    ])
    expect(found?.numeric).toMatchObject({
      min: 0,
      max: 10,
      mean: 20 / 7,
      zeros: 1,
      quantiles: [0, 0, 1, 2, 3, 10, 10],
    })
    expect(found?.numeric?.histogram).toEqual([1, 0, 1, 0, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    expect(found?.numeric?.sd).toBeCloseTo(3.2877840272018, 12)
  })

  it('of numbers equals what is counted by hand', async () => {
    const number = fc.oneof(
      fc.integer({ min: -5, max: 5 }),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 40 }), async (values) => {
        const found = await columnOf(values, { type: 'number' })
        const sorted = values.map((value) => value + 0).sort((a, b) => a - b)
        const n = sorted.length
        expect(found?.distinct).toBe(new Set(sorted).size)
        expect(found?.numeric?.quantiles).toEqual(
          [0, 5, 25, 50, 75, 95, 100].map((step) => sorted[Math.max(1, Math.ceil((step * n) / 100)) - 1]),
        )
        expect(found?.numeric?.mean).toBeCloseTo(sorted.reduce((sum, value) => sum + value, 0) / n, 6)
        expect(found?.numeric?.histogram.reduce((sum, count) => sum + count)).toBe(n)
      }),
      { numRuns: 25 },
    )
  })

  it('stays finite for the widest range of numbers', async () => {
    const found = await columnOf([-1.7e308, 1.7e308, 1.7e308], { type: 'number' })
    expect(
      Object.values(found?.numeric ?? {})
        .flat()
        .every(Number.isFinite),
    ).toBe(true)
  })

  it('of text has lengths, padding and the most frequent values, ties by value', async () => {
    const found = await columnOf(['b', ' a', 'b', null, 'ccc', 'a\u00a0', '', 'a'], { type: 'text' })
    expect(found).toMatchObject({
      missing: 1,
      distinct: 6,
      numeric: null,
      text: { shortest: 0, longest: 3, padded: 2 },
    })
    expect(found?.top.map(({ value, count }) => `${value}:${count}`)).toEqual([
      'b:2',
      ':1',
      ' a:1',
      'a:1',
      'a\u00a0:1',
      'ccc:1',
    ])
  })

  it('of dates and times is numeric, with values as ISO text', async () => {
    const columns: Column[] = [
      { id: 'c0', name: 'd', type: 'date' },
      { id: 'c1', name: 't', type: 'timestamp' },
      { id: 'c2', name: 'b', type: 'boolean' },
    ]
    const table = await tableOf(
      bench,
      sql`SELECT 0 AS row_id, DATE '1970-01-11' AS c0, TIMESTAMP '1970-01-01 00:01:00.5' AS c1, true AS c2`,
      columns,
    )
    const [day, moment, flag] = (await profile(table)).columns
    expect(day).toMatchObject({ top: [{ value: '1970-01-11', count: 1 }], numeric: { min: 10, sd: 0 } })
    expect(moment).toMatchObject({ top: [{ value: '1970-01-01T00:01:00.5', count: 1 }], numeric: { max: 60.5 } })
    expect(flag).toMatchObject({ top: [{ value: 'true', count: 1 }], numeric: null, text: null })
  })

  it('without any value has none', async () => {
    expect(await columnOf([null, null], { type: 'number' })).toMatchObject({
      missing: 2,
      distinct: 0,
      top: [],
      numeric: null,
    })
    expect(await columnOf([null, null], { type: 'text' })).toMatchObject({
      missing: 2,
      distinct: 0,
      top: [],
      text: null,
    })
  })
})

describe('the profile of a table', () => {
  it('counts rows that equal an earlier row, missing equal to missing', async () => {
    const columns: Column[] = [
      { id: 'c0', name: 'a', type: 'integer' },
      { id: 'c1', name: 'b', type: 'text' },
    ]
    const table = await tableOf(
      bench,
      sql`SELECT * FROM (VALUES (0, 1, 'x'), (1, 1, NULL), (2, 1, 'x'), (3, 1, NULL), (4, 2, 'x')) AS r(row_id, c0, c1)`,
      columns,
    )
    expect(await profile(table)).toMatchObject({ rows: 5, duplicate_rows: 2 })
  })

  it('is the same for a long table, read in another way', async () => {
    const columns: Column[] = [
      { id: 'c0', name: 'a', type: 'number' },
      { id: 'c1', name: 'b', type: 'text' },
    ]
    const table = await tableOf(
      bench,
      sql`SELECT i AS row_id, (i * 7919) % 500000 / 8 AS c0, 'v' || i % 3 AS c1 FROM range(500000) AS r(i)`,
      columns,
    )
    const found = await profile(table)
    expect(found.columns[0]).toMatchObject({
      distinct: 500_000,
      numeric: { min: 0, max: 62_499.875, mean: 31_249.9375, zeros: 1 },
    })
    expect(found.columns[1]).toMatchObject({
      distinct: 3,
      top: [
        { value: 'v0', count: 166_667 },
        { value: 'v1', count: 166_667 },
        { value: 'v2', count: 166_666 },
      ],
    })
    expect(await profile(table)).toEqual(found)
  })
})
