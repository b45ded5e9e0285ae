import { describe, expect, test } from 'vitest'
import type { Column } from '#core/dataset'
import { orThrow } from '#core/errors'
import type { Cell } from '#core/ports'
import type { CalibrationMap } from '#ml/calibration-map'
import { calibratedProbability } from '#ml/calibration-map'
import { fitModel } from '#ml/fit-model'
import type { Model, Trainer } from '#ml/model'
import { predict } from '#ml/predict'
import { seededRandom } from '#ml/random'
import { expectAccepted } from '#ml/refusal'
import type { Table, Target } from '#ml/table'
import { openScorer, readScorer } from './scorer.ts'
import type { ScorerDocument } from './scorer-schema.ts'

const rows = 240
const random = seededRandom(11)
const dose = Float64Array.from({ length: rows }, () => (random.next() < 0.1 ? Number.NaN : random.next() * 8))
const day = Float64Array.from({ length: rows }, () => 19_000 + random.below(500))
const sites = ['east', 'north', 'south']
const site = Int32Array.from({ length: rows }, () => random.below(4) - 1)
const table: Table = {
  rows,
  columns: [
    { name: 'dose', kind: 'numeric', values: dose },
    { name: 'day', kind: 'numeric', values: day },
    { name: 'site', kind: 'category', codes: site, levels: sites },
  ],
}
const level = (row: number): number => (dose[row] || 4) + ((day[row] ?? 0) - 19_250) / 100 + (site[row] ?? 0)
const targets: Record<string, Target> = {
  binary: {
    task: 'binary',
    classes: ['no', 'yes'],
    codes: Int32Array.from(dose, (_, row) => (level(row) + 3 * random.next() > 6 ? 1 : 0)),
  },
  multiclass: {
    task: 'multiclass',
    classes: ['a', 'b', 'c'],
    codes: Int32Array.from(dose, (_, row) => Math.min(2, Math.max(0, Math.floor(level(row) / 3)))),
  },
  regression: { task: 'regression', values: Float64Array.from(dose, (_, row) => Math.exp(level(row) / 3)) },
}

const columns: Column[] = [
  { id: 'c0', name: 'Dose (mg)', type: 'text' },
  { id: 'c1', name: 'day', type: 'date' },
  { id: 'c2', name: 'site', type: 'text' },
]

function scorerOf(model: Model, target: Target, calibration: CalibrationMap): ScorerDocument {
  const classes = target.task === 'regression' ? null : [...target.classes]
  return {
    format: 'signalbox-scorer',
    version: 1,
    pipeline: {
      spec: {
        version: '2.0',
        steps: [
          { id: 'parse', type: 'ParseNumericTransformer', columns: ['Dose (mg)'], params: { columns: ['Dose (mg)'] } },
          { id: 'rename', type: 'RenameColumnsTransformer', params: { mapping: { 'Dose (mg)': 'dose' } } },
        ],
      },
      columns,
      reads: ['Dose (mg)', 'day', 'site'],
      state: {},
    },
    label: 'y',
    task: target.task,
    classes,
    positive: target.task === 'binary' ? 'yes' : null,
    features: [
      { name: 'dose', type: 'number' },
      { name: 'day', type: 'date' },
      { name: 'site', type: 'text' },
    ],
    calibration,
    threshold: target.task === 'binary' ? 0.4 : null,
    model,
  }
}

/** The raw row as it stood in the file. */
function rawRow(row: number): Record<string, Cell> {
  const amount = dose[row] ?? 0
  const date = new Date((day[row] ?? 0) * 86_400_000).toISOString().slice(0, 10)
  return { 'Dose (mg)': Number.isNaN(amount) ? null : String(amount), day: date, site: sites[site[row] ?? -1] ?? null }
}

const calibration: CalibrationMap = { kind: 'platt', slope: 1.2, intercept: -0.1 }

describe.each(['binary', 'multiclass', 'regression'])('%s', (task) => {
  test.each<Trainer>(['glassbox-main', 'linear', 'dummy'])(
    'a row is scored by %s as the batch scores it',
    async (trainer) => {
      const target = targets[task]
      if (target === undefined) throw new Error('no target')
      const model = expectAccepted(await fitModel({ trainer, table, target, seed: 3 }))
      const batch = expectAccepted(predict(model, table))
      // Through text, as it is stored.
      const scorer = orThrow(readScorer(JSON.parse(JSON.stringify(scorerOf(model, target, calibration)))))
      for (let row = 0; row < rows; row++) {
        const said = scorer.predictRow(rawRow(row))
        const sums = said.intercepts.map((start, k) =>
          said.contributions.reduce((sum, one) => sum + (one.contributions[k] ?? 0), start),
        )
        expect([said.score].flat()).toEqual(sums)
        if (said.task === 'binary' && batch.task === 'binary') {
          expect(
            Math.abs(said.probability - calibratedProbability(calibration, batch.score[row] ?? 0)),
          ).toBeLessThanOrEqual(1e-12)
          expect(said.prediction).toBe(said.probability >= 0.4 ? 'yes' : 'no')
        } else if (said.task === 'multiclass' && batch.task === 'multiclass') {
          for (const [k, probability] of Object.values(said.probabilities).entries())
            expect(Math.abs(probability - (batch.probabilities[k]?.[row] ?? 9))).toBeLessThanOrEqual(1e-12)
        } else if (said.task === 'regression' && batch.task === 'regression') {
          expect(Math.abs(said.value - (batch.value[row] ?? 0)) / (1 + Math.abs(said.value))).toBeLessThanOrEqual(1e-12)
        } else throw new Error('the tasks differ')
      }
    },
  )
})

test('a column that is lacking is missing, a level that is unknown is scored, a column that is unknown is ignored', async () => {
  const target = targets.binary
  if (target === undefined) throw new Error('no target')
  const model = expectAccepted(await fitModel({ trainer: 'linear', table, target, seed: 3 }))
  const { predictRow } = orThrow(openScorer(scorerOf(model, target, calibration)))
  expect(predictRow({})).toEqual(predictRow({ 'Dose (mg)': null, day: null, site: null, weight: 70 }))
  expect(predictRow({ site: 'moon' }).score).toBeTypeOf('number')
})

test('what is no scorer is refused with the place that differs', async () => {
  const target = targets.binary
  if (target === undefined) throw new Error('no target')
  const model = expectAccepted(await fitModel({ trainer: 'dummy', table, target, seed: 3 }))
  const document = scorerOf(model, target, calibration)
  const refused = (json: unknown) => {
    const read = readScorer(json)
    return read.ok ? '' : `${read.refusal.code} ${read.refusal.message}`
  }
  expect(refused({ ...document, format: 'other' })).toContain('format')
  expect(refused({ ...document, model: { ...model, intercepts: [] } })).toContain('model.intercepts')
  expect(refused({ ...document, extra: 1 })).toContain('extra')
  expect(refused(null)).toContain('VALIDATION_FAILED')
})
