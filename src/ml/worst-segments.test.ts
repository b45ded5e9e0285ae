import { expect, test } from 'vitest'
import { type Random, seededRandom } from './random.ts'
import { gaussian } from './synthetic.testkit.ts'
import type { Table } from './table.ts'
import { worstSegments } from './worst-segments.ts'

const levels = ['Bern', 'Lyon', 'Oslo', 'Rome']

/** Two numbers, of which one is at times missing, and two columns of levels, none of which says anything. */
function makeTable(rows: number, random: Random): Table {
  const each = (draw: () => number) => Float64Array.from({ length: rows }, draw)
  const codes = (draw: () => number) => Int32Array.from({ length: rows }, draw)
  return {
    rows,
    columns: [
      { name: 'age', kind: 'numeric', values: each(() => (random.next() < 0.1 ? Number.NaN : 20 + 60 * random.next())) },
      { name: 'size', kind: 'numeric', values: each(() => gaussian(random)) },
      { name: 'city', kind: 'category', codes: codes(() => random.below(4)), levels },
      { name: 'day', kind: 'category', codes: codes(() => random.below(7)), levels: ['1', '2', '3', '4', '5', '6', '7'] },
    ],
  }
}

/** Predictions that are off by noise, and by a good deal more in some rows. */
function regressionOf(table: Table, random: Random, bad: (row: number) => boolean) {
  const values = Float64Array.from({ length: table.rows }, () => gaussian(random))
  const value = values.map((truth, row) => truth + gaussian(random) * (bad(row) ? 2.5 : 1))
  return { target: { task: 'regression', values }, prediction: { task: 'regression', value } } as const
}

function numberAt(table: Table, column: number, row: number): number {
  const found = table.columns[column]
  return found?.kind === 'numeric' ? found.values[row]! : found!.codes[row]!
}

test('a planted range of a number is found, and nothing else', () => {
  const random = seededRandom(1)
  const table = makeTable(4000, random)
  const judged = regressionOf(table, random, (row) => numberAt(table, 0, row) > 65)
  const found = worstSegments({ table, ...judged })
  expect(found.segments.length).toBe(1)
  const [segment] = found.segments
  expect(segment?.conditions).toMatchObject([{ kind: 'range', column: 'age', upTo: null }])
  expect(segment?.name).toMatch(/^age above 6[45]\./)
  expect(segment?.metrics.rmse).toBeGreaterThan(2)
  expect(found.metrics.rmse).toBeLessThan(2)
  expect(segment?.otherLoss).toBeGreaterThan(0.9)
  expect(segment?.otherLoss).toBeLessThan(1.1)
  expect(segment!.difference.low).toBeLessThan(2.5 ** 2 - 1)
  expect(segment!.difference.high).toBeGreaterThan(2.5 ** 2 - 1)
  expect(segment?.excess).toBe(segment!.difference.low * segment!.rows)
})

test('a planted level and missing values are found, the larger excess first', () => {
  const random = seededRandom(2)
  const table = makeTable(3000, random)
  const judged = regressionOf(table, random, (row) => numberAt(table, 2, row) === 2 || Number.isNaN(numberAt(table, 0, row)))
  const { segments } = worstSegments({ table, ...judged, loss: 'absolute' })
  expect(segments.map(({ name }) => name)).toEqual(['city is Oslo', 'age is missing'])
  expect(segments[0]!.excess).toBeGreaterThan(segments[1]!.excess)
  expect(segments[0]?.newRows).toBe(segments[0]?.rows)
  expect(segments[1]!.newRows).toBeLessThan(segments[1]!.rows)
})

test('where only the crossing of two columns is bad, the crossing is told and not its columns', () => {
  const random = seededRandom(3)
  const table = makeTable(6000, random)
  const chance = Float64Array.from({ length: table.rows }, () => 0.15 + 0.7 * random.next())
  const codes = Int32Array.from(chance, (p) => (random.next() < p ? 1 : 0))
  const bad = (row: number) => numberAt(table, 2, row) === 1 && numberAt(table, 1, row) > 0.7
  const probability = chance.map((p, row) => (bad(row) ? 0.05 : p))
  const target = { task: 'binary', codes, classes: ['no', 'yes'] } as const
  const { segments, loss } = worstSegments({ table, target, prediction: { task: 'binary', score: probability, probability } })
  expect(loss).toBe('log loss')
  expect(segments.length).toBe(1)
  expect(segments[0]?.conditions).toMatchObject([
    { kind: 'range', column: 'size', upTo: null },
    { kind: 'levels', levels: ['Lyon'] },
  ])
  expect(segments[0]?.bias).toBeLessThan(-0.35)
})

test('where a whole column is bad, its crossings are not told', () => {
  const random = seededRandom(4)
  const table = makeTable(6000, random)
  const judged = regressionOf(table, random, (row) => numberAt(table, 2, row) === 3)
  expect(worstSegments({ table, ...judged }).segments.map(({ name }) => name)).toEqual(['city is Rome'])
})

test('a table without a bad segment yields one at most at the stated rate', () => {
  const random = seededRandom(5)
  let tables = 0
  for (let i = 0; i < 300; i++) {
    const table = makeTable(400, random)
    if (worstSegments({ table, ...regressionOf(table, random, () => false), rate: 0.2 }).found > 0) tables++
  }
  expect(tables / 300).toBeLessThan(0.2 + 2 * Math.sqrt((0.2 * 0.8) / 300))
  expect(tables).toBeGreaterThan(0)
})

test('neighbours of ordered levels are joined', () => {
  const random = seededRandom(6)
  const plain = makeTable(3000, random)
  const columns = plain.columns.map((column) => (column.name === 'day' ? { ...column, ordered: true } : column))
  const judged = regressionOf(plain, random, (row) => numberAt(plain, 3, row) >= 4 && numberAt(plain, 3, row) <= 5)
  const { segments } = worstSegments({ table: { ...plain, columns }, ...judged })
  expect(segments.map(({ name }) => name)).toEqual(['day is 5 or 6'])
})

test('small segments, rare levels and tables without columns or spread are no segments', () => {
  const random = seededRandom(7)
  const table = makeTable(1000, random)
  const judged = regressionOf(table, random, (row) => numberAt(table, 2, row) === 0)
  expect(worstSegments({ table, ...judged, fewestRows: 400 }).segments).toEqual([])
  expect(worstSegments({ table: { rows: 1000, columns: [] }, ...judged }).found).toBe(0)
  const { target } = judged
  const exact = { task: 'regression', value: target.values } as const
  expect(worstSegments({ table, target, prediction: exact }).segments).toEqual([])
})

test('many rows are drawn evenly, the same every time', () => {
  const random = seededRandom(8)
  const table = makeTable(250_000, random)
  const judged = regressionOf(table, random, (row) => numberAt(table, 2, row) === 0)
  const found = worstSegments({ table, ...judged })
  expect(found.rows).toBe(200_000)
  expect(found.segments[0]?.name).toBe('city is Bern')
  expect(worstSegments({ table, ...judged })).toEqual(found)
})
