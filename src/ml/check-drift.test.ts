import { describe, expect, test } from 'vitest'
import { checkDrift, type DriftCheck } from './check-drift.ts'
import { measureAlarms } from './drift-alarms.ts'
import { measurePower } from './drift-power.ts'
import { profileDrift } from './drift-profile.ts'
import { fitModel } from './fit-model.ts'
import type { Model, PairTerm } from './model.ts'
import { type Random, seededRandom } from './random.ts'
import { expectAccepted } from './refusal.ts'
import type { Column, Table, Target } from './table.ts'

const levels = Array.from({ length: 400 }, (_, i) => `level ${i}`)

/** Rows of one distribution: a bell with gaps, a skewed number, a rare flag, even classes, and many levels with a long tail. */
function rowsOf(rows: number, random: Random): Table {
  const numbers = (draw: () => number) => Float64Array.from({ length: rows }, draw)
  const codes = (draw: () => number) => Int32Array.from({ length: rows }, draw)
  const bell = () => random.next() + random.next() + random.next() - 1.5
  const columns: Column[] = [
    { name: 'bell', kind: 'numeric', values: numbers(() => (random.next() < 0.05 ? Number.NaN : bell())) },
    { name: 'skewed', kind: 'numeric', values: numbers(() => Math.exp(4 * bell())) },
    { name: 'flag', kind: 'numeric', values: numbers(() => (random.next() < 0.02 ? 1 : 0)) },
    { name: 'even', kind: 'category', codes: codes(() => random.below(8)), levels },
    { name: 'tail', kind: 'category', codes: codes(() => Math.floor(400 * random.next() ** 4)), levels },
  ]
  return { rows, columns }
}

function targetOf({ columns, rows }: Table, random: Random): Target {
  const [bell] = columns
  if (bell?.kind !== 'numeric') throw new Error('no numbers')
  return { task: 'regression', values: Float64Array.from({ length: rows }, (_, row) => 3 * (bell.values[row] || 0) + random.next()) }
}

const reference = rowsOf(2_000, seededRandom(1))
const model = expectAccepted(await fitModel({ trainer: 'glassbox-main', table: reference, target: targetOf(reference, seededRandom(2)), seed: 1 }))
const names = reference.columns.map(({ name }) => name)
const settings = { columns: names, prediction: true, rate: 0.05, seed: 1 }

function checked(table: Table, of: { model?: Model; reference?: Table } = {}): DriftCheck {
  const used = of.model ?? model
  const profile = expectAccepted(profileDrift({ model: used, table: of.reference ?? reference, seed: 1 }))
  return expectAccepted(checkDrift({ model: used, profile, table, settings }))
}

const columnOf = (check: DriftCheck, name: string) => check.columns.find(({ feature }) => feature === name)

function shifted(table: Table, name: string, by: number): Table {
  return { ...table, columns: table.columns.map((column) => (column.name === name && column.kind === 'numeric' ? { ...column, values: column.values.map((value) => value + by) } : column)) }
}

describe('new rows of the same distribution', () => {
  test.each([50, 200, 1_000, 5_000])('alarm in batches of %i no more often than is stated', (rows) => {
    const batches = 25
    let alarms = 0
    for (let i = 0; i < batches; i++) {
      const random = seededRandom(9, rows, i)
      alarms += checked(rowsOf(rows, random), { reference: rowsOf(600, random) }).verdict === 'drift' ? 1 : 0
    }
    expect(alarms / batches).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / batches))
  })
})

test('a shifted column is found, leads the list by its effect, and the effects add up to the shift of the score', () => {
  const check = checked(shifted(rowsOf(300, seededRandom(4)), 'bell', 0.4))
  expect(check.columns[0]).toMatchObject({ feature: 'bell', verdict: 'drift' })
  expect(columnOf(check, 'even')?.verdict).toBe('ok')
  expect(check.prediction?.verdict).toBe('drift')
  const sum = check.columns.reduce((total, { effects }) => total + (effects[0] ?? 0), 0)
  expect(check.prediction?.effects[0]).toBeCloseTo(sum, 9)
  expect(Math.abs(sum)).toBeGreaterThan(0.5)
})

test('a pair is a part of its own: with it the effects still add up to the shift of the score', () => {
  const cells = Array.from({ length: 16 }, (_, cell) => Math.sin(3 * cell))
  const pair: PairTerm = {
    kind: 'pair',
    axes: [
      { kind: 'numeric', feature: 'bell', edges: [-0.5, 0.5] },
      { kind: 'category', feature: 'even', levels: ['level 0', 'level 1', 'level 2'], slots: [1, 1, 2], unseen: 3, size: 4 },
    ],
    scores: [cells],
    deviation: [cells.map(() => 0)],
    weight: cells.map(() => 1),
    importance: 0.7,
  }
  const paired: Model = { ...model, version: 2, trainer: 'glassbox', terms: [...model.terms, pair] }
  const check = checked(shifted(rowsOf(300, seededRandom(4)), 'bell', 0.4), { model: paired })
  expect(check.pairs.map(({ name, features }) => [name, features])).toEqual([['bell × even', ['bell', 'even']]])
  const sum = [...check.columns, ...check.pairs].reduce((total, { effects }) => total + (effects[0] ?? 0), 0)
  expect(check.prediction?.effects[0]).toBeCloseTo(sum, 9)
  expect(Math.abs(check.pairs[0]?.effects[0] ?? 0)).toBeGreaterThan(0.01)
  expect(checked(rowsOf(0, seededRandom(6)), { model: paired }).pairs[0]?.effects).toEqual([0])
  const importances = (of: Model) => expectAccepted(profileDrift({ model: of, table: reference, seed: 1 })).columns.map(({ importance }) => importance)
  const [plain, halved] = [importances(model), importances(paired)]
  expect(halved.map((importance, i) => importance - (plain[i] ?? 0))).toEqual(names.map((name) => (name === 'bell' || name === 'even' ? expect.closeTo(0.35, 9) : 0)))
})

test('levels that no row had are named, missing values have a bin, and a lacking column is missing', () => {
  const batch = rowsOf(200, seededRandom(5))
  const columns = batch.columns
    .filter(({ name }) => name !== 'flag')
    .map((column): Column => {
      if (column.kind !== 'category' || column.name !== 'even') return column
      return { ...column, codes: column.codes.map((code, row) => (row < 30 ? 400 : row < 60 ? -1 : code)), levels: [...levels, 'brand new'] }
    })
  const flag: Column = { name: 'flag', kind: 'numeric', values: new Float64Array(200).fill(Number.NaN) }
  const check = checked({ rows: 200, columns: [...columns, flag] })
  const even = columnOf(check, 'even')
  expect(even).toMatchObject({ verdict: 'drift', newLevels: [{ level: 'brand new', rows: 30 }] })
  expect(even?.batch[0]).toBe(30)
  expect(columnOf(check, 'flag')).toMatchObject({ verdict: 'drift' })
})

test('no row and one row are not enough data; the same batch gives the same bits', () => {
  for (const rows of [0, 1]) expect(checked(rowsOf(rows, seededRandom(6))).verdict).toBe('not_enough_data')
  expect(checked(rowsOf(100, seededRandom(7)))).toEqual(checked(rowsOf(100, seededRandom(7))))
})

test('alarms on drawn batches are counted by way and size, and a larger shift is seen by smaller batches', () => {
  const profile = expectAccepted(profileDrift({ model, table: reference, seed: 1 }))
  const ways = [settings, { ...settings, columns: ['bell'], prediction: false, rate: 0.2 }]
  const request = { model, profile, table: reference, settings: ways, sizes: [50, 200], batches: 200, seed: 1, profileSeed: 1 }
  const counted = expectAccepted(measureAlarms(request))
  expect(counted.map((sizes) => sizes.map(({ rows, watched }) => [rows, watched]))).toEqual([[[50, 6], [200, 6]], [[50, 1], [200, 1]]])
  for (const { alarms } of counted[0] ?? []) expect(alarms / 200).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / 200))
  for (const { alarms } of counted[1] ?? []) expect(alarms / 200).toBeGreaterThan(0.05)
  const [column] = reference.columns
  const rule = profile.columns[0]?.rule
  if (column === undefined || rule === undefined) throw new Error('no column')
  const changes = [50, 1_000].map((rows) => measurePower({ column, rule, rows, single: 0.01, seed: 1 }).change ?? 9)
  expect(changes[0]).toBeGreaterThan(changes[1] ?? 9)
})
