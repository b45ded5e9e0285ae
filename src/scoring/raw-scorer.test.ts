import { describe, expect, test } from 'vitest'
import type { Column } from '#core/dataset'
import { orThrow } from '#core/errors'
import { fitModel } from '#ml/fit-model'
import type { Model } from '#ml/model'
import { seededRandom } from '#ml/random'
import { expectAccepted } from '#ml/refusal'
import type { Table, Target } from '#ml/table'
import { openRawScorer } from './raw-scorer.ts'
import { rowReader } from './row-reader.ts'
import { openScorer, type RowScore } from './scorer.ts'
import type { ScorerDocument } from './scorer-schema.ts'

const rows = 300
const random = seededRandom(5)
const dose = Float64Array.from({ length: rows }, () => (random.next() < 0.1 ? Number.NaN : random.next() * 8))
const day = Float64Array.from({ length: rows }, () => 19_000 + random.below(500))
const site = Int32Array.from({ length: rows }, () => random.below(4) - 1)
const table: Table = {
  rows,
  columns: [
    { name: 'dose', kind: 'numeric', values: dose },
    { name: 'day', kind: 'numeric', values: day },
    { name: 'site', kind: 'category', codes: site, levels: ['east', 'north', 'south'] },
  ],
}
const level = (row: number): number => (dose[row] || 4) + ((day[row] ?? 0) - 19_250) / 100 + (site[row] ?? 0)
const targets: Record<string, Target> = {
  binary: { task: 'binary', classes: ['no', 'yes'], codes: Int32Array.from(dose, (_, row) => (level(row) + 3 * random.next() > 6 ? 1 : 0)) },
  multiclass: { task: 'multiclass', classes: ['a', 'b', 'c'], codes: Int32Array.from(dose, (_, row) => Math.min(2, Math.max(0, Math.floor(level(row) / 3)))) },
  regression: { task: 'regression', values: Float64Array.from(dose, (_, row) => level(row)) },
}
const columns: Column[] = [
  { id: 'c0', name: 'Dose (mg)', type: 'text' },
  { id: 'c1', name: 'day', type: 'date', notation: 'day_first' },
  { id: 'c2', name: 'constructor', type: 'text' },
  { id: 'c3', name: 'unread', type: 'number' },
]

function scorerOf(model: Model, target: Target): ScorerDocument {
  const steps = [
    { id: 'parse', type: 'ParseNumericTransformer', columns: ['Dose (mg)'], params: { columns: ['Dose (mg)'] } },
    { id: 'rename', type: 'RenameColumnsTransformer', params: { mapping: { 'Dose (mg)': 'dose', constructor: 'site' } } },
    { id: 'idle', type: 'ParseNumericTransformer', columns: ['unread'], params: { columns: ['unread'] } },
  ]
  return {
    format: 'signalbox-scorer',
    version: 1,
    pipeline: { spec: { version: '2.0', steps }, columns, reads: ['Dose (mg)', 'day', 'constructor'], state: {} },
    label: 'y',
    task: target.task,
    classes: target.task === 'regression' ? null : [...target.classes],
    positive: target.task === 'binary' ? 'yes' : null,
    features: [{ name: 'dose', type: 'number' }, { name: 'day', type: 'date' }, { name: 'site', type: 'text' }],
    calibration: { kind: 'identity' },
    threshold: target.task === 'binary' ? 0.4 : null,
    model,
  }
}

const sent: unknown[] = [
  { 'Dose (mg)': '3.5', day: '2022-06-01', constructor: 'east' },
  { 'Dose (mg)': '< 2 mg', day: '1.6.2022', constructor: 'nowhere', unread: {} },
  { 'Dose (mg)': 7.25, day: null, constructor: null },
  { ' DOSE (MG) ': '1', Day: '2.6.2022' },
  { day: '31.12.2021' },
  { day: 'soon', constructor: 'east' },
  { 'Dose (mg)': ['1'], constructor: 'east' },
  {}, [], null, 'east', 7, { unread: 1 },
  JSON.parse('{"__proto__": {"day": "2022-06-01"}, "constructor": "south"}'),
  ...Array.from({ length: 200 }, (_, i) => ({ 'Dose (mg)': String((i * 37) % 90 / 10), day: `${(i % 28) + 1}.${(i % 12) + 1}.2022`, constructor: ['east', 'north', 'south', ''][i % 4] })),
]

function numbersOf(said: RowScore): number[] {
  const scores = typeof said.score === 'number' ? [said.score] : [...said.score]
  return [...scores, ...(said.task === 'binary' ? [said.probability] : said.task === 'regression' ? [said.value] : Object.values(said.probabilities))]
}

describe.each(Object.entries(targets))('of a model of kind %s', (_name, target) => {
  for (const trainer of ['glassbox-main', 'trees', 'linear'] as const) {
    test(`the raw scorer says of every row what the scorer says: ${trainer}`, async () => {
      const model = expectAccepted(await fitModel({ trainer, table, target, seed: 3 } as Parameters<typeof fitModel>[0]))
      const document = scorerOf(model, target)
      const [scorer, raw, read] = [orThrow(openScorer(document)), orThrow(openRawScorer(document)), rowReader(document)]
      for (const row of sent) {
        const before = read(row)
        const fault = raw.score(row)
        expect(fault === null).toBe(before.ok)
        if (!before.ok || fault !== null) {
          expect(fault).toMatchObject(before.ok ? {} : { column: before.column, expected: before.expected })
          continue
        }
        const said = scorer.predictRow(before.row)
        const own = [...raw.said.scores, ...(target.task === 'binary' ? [raw.said.probability] : target.task === 'regression' ? [raw.said.value] : raw.said.probabilities)]
        // Trees are added up one by one here, and by feature there.
        if (trainer === 'trees') for (const [i, number] of numbersOf(said).entries()) expect(own[i]).toBeCloseTo(number, 12)
        else expect(own).toEqual(numbersOf(said))
        expect(raw.parts().map(({ byOutput }) => byOutput)).toEqual(said.contributions.map(({ contributions }) => contributions))
        const sum = raw.parts().reduce((all, { byOutput }) => all + (byOutput[0] ?? 0), said.intercepts[0] ?? 0)
        expect(Math.abs(sum - (raw.said.scores[0] ?? Number.NaN))).toBeLessThanOrEqual(1e-12)
      }
    })
  }
})

test('what is odd about a row is told, and of a row that is as the training rows nothing', async () => {
  const target = targets.binary as Target
  const document = scorerOf(expectAccepted(await fitModel({ trainer: 'glassbox-main', table, target, seed: 3 } as Parameters<typeof fitModel>[0])), target)
  const raw = orThrow(openRawScorer(document, new Map([['dose', { low: 0, high: 8 }], ['day', { low: 19_000, high: 19_499 }]])))
  const told = (row: unknown) => (raw.score(row) === null ? raw.warnings().map(({ code, column }) => [code, column]) : 'fault')
  expect(told({ 'Dose (mg)': '3', day: '2022-06-01', constructor: 'east' })).toEqual([])
  expect(told({ 'Dose (mg)': null, day: null, constructor: null })).toEqual([])
  expect(told({ 'Dose (mg)': '8.5', day: '2021-01-01' })).toEqual([['MISSING_COLUMN', 'constructor'], ['OUT_OF_RANGE', 'dose'], ['OUT_OF_RANGE', 'day']])
  expect(raw.warnings().at(-1)?.message).toBe('2021-01-01 lies outside the training range of "day", 2022-01-08 to 2023-05-22.')
  expect(told({ 'Dose (mg)': '3', day: '2022-06-01', constructor: 'west' })).toEqual([['UNKNOWN_CATEGORY', 'site']])
  expect(told({ day: 'soon' })).toBe('fault')
})
