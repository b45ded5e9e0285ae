import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDataTools, type DataTools } from '../../tests/data-tools.ts'
import { type GeneratedColumn, type Maker, tableMaker } from '../../tests/generate-table.ts'
import { findIssues } from './find-issues.ts'
import type { Issue } from './issue.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

async function issuesOf(columns: readonly GeneratedColumn[], target = 'label'): Promise<readonly Issue[]> {
  const table = await bench.read(columns)
  const id = table.columns.find((column) => column.name === target)?.id ?? null
  return (await findIssues({ table, target: id }, bench.tools)).issues
}

const told = (issues: readonly Issue[]): string[] => issues.map(({ code, columns }) => `${code}: ${columns.join(', ')}`).sort()

/** A smooth number that other columns tell a part of. */
function numbersOf(make: Maker): { a: number[]; b: number[]; label: number[]; sd: number } {
  const [a, b, noise] = [make.numbers().map((value) => value + make.random.next() / 1_000), make.numbers(), make.numbers()]
  const label = a.map((value, row) => Math.round((value * 10 + (b[row] ?? 0) * 5 + (noise[row] ?? 0) * 8 + make.random.next()) * 1_000) / 1_000)
  const mean = label.reduce((sum, value) => sum + value, 0) / label.length
  return { a, b, label, sd: Math.sqrt(label.reduce((sum, value) => sum + (value - mean) ** 2, 0) / label.length) }
}

/** Roughly normal, with a spread of 1. */
const normal = (make: Maker): number => Array.from({ length: 12 }, () => make.random.next()).reduce((sum, value) => sum + value, -6)

describe.each([500, 3_000, 12_000])('on %i rows a leak in disguise is found', (rows) => {
  test('a number with noise of a tenth of its spread', async () => {
    const make = tableMaker(rows, rows)
    const { a, b, label, sd } = numbersOf(make)
    const issues = await issuesOf([
      { name: 'a', cells: a.map(String) }, { name: 'b', cells: b.map(String) },
      { name: 'disguised', cells: label.map((value) => String(50 - 3 * (value + normal(make) * sd * 0.1))) }, { name: 'label', cells: label.map(String) },
    ])
    expect(told(issues)).toEqual(['target_proxy: disguised, label'])
  })

  test('a number with 2 % of its rows from elsewhere', async () => {
    const make = tableMaker(rows + 1, rows)
    const { a, label } = numbersOf(make)
    const issues = await issuesOf([
      { name: 'a', cells: a.map(String) },
      { name: 'disguised', cells: label.map((value) => String(make.random.below(50) === 0 ? 400 + make.random.below(50) : value * 2)) }, { name: 'label', cells: label.map(String) },
    ])
    expect(told(issues)).toEqual(['target_proxy: disguised, label'])
  })

  test.each([0.5, 0.12])('classes with a few flips, where one class is %d of the rows', async (share) => {
    const make = tableMaker(rows + 2, rows)
    const label = Array.from({ length: rows }, () => make.random.next() < share)
    const issues = await issuesOf([
      { name: 'a', cells: make.cells(() => make.random.next()) },
      { name: 'disguised', cells: label.map((yes) => (yes !== (make.random.next() < 0.02) ? 'in' : 'out')) }, { name: 'label', cells: label.map((yes) => (yes ? 'yes' : 'no')) },
    ])
    expect(told(issues)).toEqual(['target_proxy: disguised, label'])
  })

  test('a bent measure that rises with it, and a count that is the ratio of two', async () => {
    const make = tableMaker(rows + 9, rows)
    const side = Array.from({ length: rows }, () => 1 + make.random.next() * 4)
    const weight = side.map((value) => String(Math.round(value ** 3 * (1 + (make.random.next() - 0.5) * 0.05) * 1_000) / 1_000))
    expect(told(await issuesOf([{ name: 'side', cells: side.map(String) }, { name: 'label', cells: weight }]))).toEqual(['target_proxy: side, label'])
    const count = Array.from({ length: rows }, () => 1 + make.random.below(9))
    const price = Array.from({ length: rows }, () => 100 + make.random.below(9_000))
    const bought: GeneratedColumn[] = [{ name: 'price', cells: price.map(String) }, { name: 'paid', cells: price.map((one, row) => String(one * (count[row] ?? 0))) }, { name: 'key', cells: make.cells(() => make.random.next()) }]
    const issues = await issuesOf([...bought, { name: 'label', cells: count.map(String) }])
    expect(issues.map(({ code, columns }) => [code, [...columns].sort().join(' ')])).toEqual([['target_reconstruction', 'label paid price']])
  })

  test('a sum that rebuilds it, and a product', async () => {
    const make = tableMaker(rows + 3, rows)
    const [one, two, three] = [make.numbers(), make.numbers(), make.numbers()].map((numbers) => numbers.map((value) => Math.round((value + 3) * 100) / 100))
    const sum = make.cells((row) => Math.round(((one?.[row] ?? 0) + (two?.[row] ?? 0) + (three?.[row] ?? 0)) * 100) / 100)
    const product = make.cells((row) => Math.round((one?.[row] ?? 0) * (two?.[row] ?? 0) * 1e4) / 1e4)
    const parts: GeneratedColumn[] = [{ name: 'one', cells: (one ?? []).map(String) }, { name: 'two', cells: (two ?? []).map(String) }, { name: 'three', cells: (three ?? []).map(String) }, { name: 'key', cells: make.cells(() => make.random.next()) }]
    const summed = (await issuesOf([...parts, { name: 'label', cells: sum }])).filter(({ code }) => code !== 'duplicate_rows')
    expect(summed.map(({ code, columns }) => [code, [...columns].sort().join(' ')])).toEqual([['target_reconstruction', 'label one three two']])
    const multiplied = await issuesOf([...parts, { name: 'label', cells: product }])
    expect(multiplied.map(({ code, columns }) => [code, [...columns].sort().join(' ')])).toEqual([['target_reconstruction', 'label one two']])
  })

  test('the label of the next row, in the order of the file and of a time', async () => {
    const make = tableMaker(rows + 4, rows)
    const label = Array.from({ length: rows }, () => (make.random.below(3) === 0 ? 'yes' : 'no'))
    const issues = await issuesOf([
      { name: 'a', cells: make.cells(() => make.random.next()) },
      { name: 'next', cells: make.cells((row) => label[row + 1] ?? null) }, { name: 'label', cells: label },
    ])
    expect(told(issues)).toEqual(['target_shift: next, label'])
    const at = Array.from({ length: rows }, (_, row) => ((row * 7_919) % rows))
    const places = new Map(at.map((time, row) => [time, row]))
    const { label: numbers } = numbersOf(make)
    const iso = (time: number): string => new Date((1_600_000_000 + time * 60) * 1_000).toISOString().slice(0, 19)
    const shuffled = await issuesOf([
      { name: 'at', cells: at.map(iso) },
      { name: 'previous', cells: at.map((time) => (time === 0 ? null : String(numbers[places.get(time - 1) ?? 0]))) }, { name: 'label', cells: numbers.map(String) },
    ])
    expect(told(shuffled)).toEqual(['target_shift: previous, label'])
  })
})

describe('what a split and a curve have to mind', () => {
  test('a label that moves along a date, and along the file', async () => {
    const make = tableMaker(2, 2_000)
    const drift = make.numbers().map((value, row) => String(Math.round((value + (row / 2_000) * 1.2) * 1_000 + make.random.next() * 100) / 1_000))
    const day = make.cells((row) => new Date((18_000 + Math.floor(row / 3)) * 86_400_000).toISOString().slice(0, 10))
    const noise: GeneratedColumn = { name: 'noise', cells: make.cells(() => make.random.next()) }
    expect(told(await issuesOf([noise, { name: 'day', cells: day }, { name: 'label', cells: drift }]))).toEqual(['time_order: label, day'])
    expect(told(await issuesOf([noise, { name: 'label', cells: drift }]))).toEqual(['time_order: label'])
    const batch: GeneratedColumn = { name: 'batch', cells: make.cells((row) => ['north', 'east', 'south'][Math.floor(row / 700)] ?? '') }
    expect(told(await issuesOf([noise, batch, { name: 'label', cells: drift }]))).toEqual([])
    // A file sorted by its label, or by another measure, has no order of time.
    expect(told(await issuesOf([noise, { name: 'label', cells: drift.toSorted((a, b) => Number(a) - Number(b)) }]))).toEqual([])
  })

  test('keys whose rows share the label, and not those that agree by chance', async () => {
    const make = tableMaker(4, 1_500)
    const person = Array.from({ length: 1_500 }, () => make.random.below(600))
    const noise: GeneratedColumn = { name: 'noise', cells: make.cells(() => make.random.next()) }
    const own = person.map((one) => (((one * 7_919) % 5) < 2 ? 'yes' : 'no'))
    expect(told(await issuesOf([noise, { name: 'person', cells: person.map((one) => `p${one}`) }, { name: 'label', cells: own }])).filter((one) => one.startsWith('duplicate_keys'))).toEqual(['duplicate_keys: person, label'])
    expect(told(await issuesOf([noise, { name: 'person', cells: person.map((one) => `p${one}`) }, { name: 'label', cells: make.levels(['yes', 'no']) }]))).toEqual([])
  })

  test('one value of a number that stands apart on many rows', async () => {
    const make = tableMaker(6, 800)
    const { a, label } = numbersOf(make)
    const issues = await issuesOf([{ name: 'a', cells: a.map(String) }, { name: 'label', cells: label.map((value, row) => (row % 10 === 3 ? '-200' : String(Math.round(value)))) }])
    expect(told(issues)).toContain('target_point_mass: label')
    expect(issues.every(({ step }) => step === undefined)).toBe(true)
  })
})
