import { expect, test } from 'vitest'
import { checkDrift, type EarlierBatch } from './check-drift.ts'
import { profileDrift } from './drift-profile.ts'
import { fitModel } from './fit-model.ts'
import { type Random, seededRandom } from './random.ts'
import { expectAccepted } from './refusal.ts'
import type { Column, Table, Target } from './table.ts'

const DAYS = 90
const CHANGE = 60
const levels = ['north', 'south', 'east', 'west', 'centre']

/** Rows of a day: from a day on, the dose is larger by less than half of its spread. */
function rowsOf(rows: number, random: Random, shift = 0): Table {
  const bell = () => random.next() + random.next() + random.next() - 1.5
  const numbers = (name: string, draw: () => number): Column => ({ name, kind: 'numeric', values: Float64Array.from({ length: rows }, draw) })
  const columns: Column[] = [
    numbers('dose', () => (random.next() < 0.04 ? Number.NaN : bell() + shift)),
    numbers('age', () => 20 + random.below(60)),
    numbers('noise', bell),
    numbers('flag', () => (random.next() < 0.03 ? 1 : 0)),
    { name: 'site', kind: 'category', codes: Int32Array.from({ length: rows }, () => Math.floor(5 * random.next() ** 1.5)), levels },
  ]
  return { rows, columns }
}

function targetOf({ columns, rows }: Table, random: Random): Target {
  const [dose, age] = columns
  if (dose?.kind !== 'numeric' || age?.kind !== 'numeric') throw new Error('no numbers')
  const codes = Int32Array.from({ length: rows }, (_, row) => (3 * (dose.values[row] || 0) + (age.values[row] as number) / 40 - 1.2 + 2 * random.next() - 1 > 0 ? 1 : 0))
  return { task: 'binary', classes: ['no', 'yes'], codes }
}

test.each([1, 2, 3, 4, 5])('daily batches alert first on the day of a real shift or the day after, seed %i', async (seed) => {
  const random = seededRandom(seed)
  const table = rowsOf(900, random)
  const model = expectAccepted(await fitModel({ trainer: 'linear', table, target: targetOf(table, random), seed }))
  const profile = expectAccepted(profileDrift({ model, table, held: rowsOf(300, random), seed }))
  const settings = { columns: table.columns.map(({ name }) => name), prediction: true, rate: 0.05, seed, alert: { falseAlertRate: 0.05, inChecks: 365 } }
  const before: EarlierBatch[] = []
  for (let day = 1; day <= DAYS; day++) {
    const check = expectAccepted(checkDrift({ model, profile, table: rowsOf(300, random, day >= CHANGE ? 0.22 : 0), settings, before }))
    if (check.alert?.raised === true) {
      expect([CHANGE, CHANGE + 1]).toContain(day)
      expect(check.alert.windows.flatMap(({ features }) => features)).toContain('dose')
      expect(check.columns[0]).toMatchObject({ feature: 'dose' })
      expect(check.columns[0]?.effects[0]).toBeGreaterThan(0.2)
      return
    }
    before.unshift({ columns: check.columns, prediction: check.prediction?.batch ?? null })
    before.splice(6)
  }
  expect.unreachable('no alert was raised')
})

test('the prediction is compared with rows that the model was not fitted to, so batches far larger than a small training set do not alarm more often', async () => {
  const batches = 60
  let alarms = 0
  for (let seed = 0; seed < batches; seed++) {
    const random = seededRandom(77, seed)
    const table = rowsOf(200, random)
    const model = expectAccepted(await fitModel({ trainer: 'linear', table, target: targetOf(table, random), seed: 1 }))
    const profile = expectAccepted(profileDrift({ model, table, held: rowsOf(60, random), seed: 1 }))
    const check = expectAccepted(checkDrift({ model, profile, table: rowsOf(4_000, random), settings: { columns: [], prediction: true, rate: 0.05, seed: 1 } }))
    alarms += check.verdict === 'drift' ? 1 : 0
  }
  expect(alarms / batches).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / batches))
})
