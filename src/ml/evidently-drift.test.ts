import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkEvidently, usualEvidently } from './evidently-drift.ts'
import type { EvidentlyTest } from './evidently-tests.ts'
import type { Column, Table } from './table.ts'

interface RecordedColumn {
  readonly score: number
  readonly drifted: boolean
  readonly threshold: number
  readonly test: string
}

interface RecordedCase {
  readonly rows: number
  readonly batch_rows: number
  readonly shift: number
  readonly seeds: readonly [number, number]
  readonly num: EvidentlyTest | null
  readonly cat: EvidentlyTest | null
  readonly columns: Readonly<Record<string, RecordedColumn>>
  readonly drifted: boolean
  readonly count: number
}

/** Made by tests/golden/record-drift.py, which draws the same rows. */
const recording = JSON.parse(readFileSync('tests/golden/drift.json', 'utf8')) as { versions: { evidently: string }; cases: RecordedCase[] }

function sample(seed: number, rows: number, shift: number): Table {
  let state = seed
  const u = () => {
    state = (state * 16807) % 2147483647
    return state / 2147483647
  }
  const numbers = (name: string, draw: () => number | null): Column => ({ name, kind: 'numeric', values: Float64Array.from({ length: rows }, () => draw() ?? Number.NaN) })
  const levels = (name: string, draw: () => string | null): Column => {
    const codes = new Map<string, number>()
    const drawn = Int32Array.from({ length: rows }, () => {
      const level = draw()
      if (level === null) return -1
      if (!codes.has(level)) codes.set(level, codes.size)
      return codes.get(level) ?? -1
    })
    return { name, kind: 'category', codes: drawn, levels: [...codes.keys()] }
  }
  const columns = [
    numbers('bell', () => (u() < 0.05 ? null : u() + u() + u() + u() - 2 + shift)),
    numbers('skewed', () => Math.sqrt(1 / (u() + 0.001)) * (1 + shift)),
    numbers('few', () => Math.floor((4 + 0.9 * shift) * u())),
    numbers('flag', () => (u() < 0.2 + shift / 4 ? 1 : 0)),
    numbers('steps', () => Math.floor(15 * u()) + Math.floor(4 * shift * u())),
    numbers('wide', () => 1e6 * (u() - 0.5) * u()),
    levels('even', () => `L${Math.floor((8 + 2 * shift) * u())}`),
    levels('tail', () => (u() < 0.1 ? null : `L${Math.floor(30 * u() * u() * u())}`)),
    levels('two', () => (u() < 0.4 + shift / 5 ? 'yes' : 'no')),
  ]
  return { rows, columns }
}

const shownNames: Readonly<Record<EvidentlyTest, string>> = {
  ks: 'K-S p_value',
  chisquare: 'chi-square p_value',
  z: 'Z-test p_value',
  wasserstein: 'Wasserstein distance (normed)',
  jensenshannon: 'Jensen-Shannon distance',
  psi: 'PSI',
  kl_div: 'Kullback-Leibler divergence',
  hellinger: 'Hellinger distance',
  t_test: 't_test',
}

const cases = recording.cases.map((one): [string, RecordedCase] => [`${one.batch_rows} rows beside ${one.rows}, shift ${one.shift}, ${one.num ?? 'usual'} and ${one.cat ?? 'usual'}`, one])

test.each(cases)(`Evidently ${recording.versions.evidently} says the same of %s`, (_, one) => {
  const reference = sample(one.seeds[0], one.rows, 0)
  const batch = sample(one.seeds[1], one.batch_rows, one.shift)
  const found = checkEvidently({ reference, batch, settings: { ...usualEvidently, numMethod: one.num, catMethod: one.cat } })
  expect(found).toMatchObject({ drifted: one.drifted, driftedColumns: one.count })
  for (const { column, method, score, threshold, drifted } of found.columns) {
    const recorded = one.columns[column]
    expect({ column, method: method === null ? null : shownNames[method], threshold, drifted }).toEqual({ column, method: recorded?.test, threshold: recorded?.threshold, drifted: recorded?.drifted })
    expect([column, Math.abs((score ?? Number.NaN) - (recorded?.score ?? 0)) <= 1e-9 * Math.max(1, Math.abs(recorded?.score ?? 0))]).toEqual([column, true])
  }
})

test('a column without values is told apart where Evidently gives up on the report', () => {
  const reference = sample(1, 100, 0)
  const batch = { rows: 100, columns: sample(2, 100, 0).columns.filter(({ name }) => name !== 'two') }
  const found = checkEvidently({ reference, batch, settings: usualEvidently })
  expect(found.columns.find(({ column }) => column === 'two')).toEqual({ column: 'two', method: null, score: null, threshold: null, drifted: null })
  expect(found.columns.filter(({ method }) => method !== null)).toHaveLength(8)
})
