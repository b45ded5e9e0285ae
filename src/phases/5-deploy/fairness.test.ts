import { expect, test } from 'vitest'
import { wilsonInterval } from '#ml/reliability'
import { judgeFairness } from './fairness.ts'
import type { SealedRows } from './sealed-rows.ts'
import { worstGap } from './worst-gap.ts'

/** 100 of group a, 60 of b, 10 of c; of a 50 are called and 40 of them rightly, of b 6 and 3. */
function binaryRows(): { sealed: SealedRows; codes: Int32Array } {
  const rows = [
    ...Array.from({ length: 100 }, (_, i) => ({ group: 0, called: i < 50, positive: i < 40 || i >= 90 })),
    ...Array.from({ length: 60 }, (_, i) => ({ group: 1, called: i < 6, positive: i < 3 || i >= 57 })),
    ...Array.from({ length: 10 }, () => ({ group: 2, called: false, positive: false })),
  ]
  const probability = Float64Array.from(rows, ({ called }) => (called ? 0.4 : 0.3))
  const codes = Int32Array.from(rows, ({ positive }) => (positive ? 1 : 0))
  const target = { task: 'binary' as const, classes: ['no', 'yes'], codes }
  return { sealed: { rows: rows.length, target, prediction: { task: 'binary', score: probability, probability } }, codes: Int32Array.from(rows, ({ group }) => group) }
}

test('groups of two classes are counted at the threshold, with intervals, against the largest', () => {
  const { sealed, codes } = binaryRows()
  const [found] = judgeFairness(sealed, [{ name: 'ward', input: false, values: { kind: 'category', codes, levels: ['a', 'b', 'c'] } }], 0.4)
  const [a, b, c] = found?.groups ?? []
  expect(found).toMatchObject({ column: 'ward', input: false, largest: 'a', compared: 'selection_rate' })
  expect(a?.measures).toEqual({
    observed_rate: { value: 0.5, ...wilsonInterval(50, 100) },
    selection_rate: { value: 0.5, ...wilsonInterval(50, 100) },
    true_positive_rate: { value: 0.8, ...wilsonInterval(40, 50) },
    false_positive_rate: { value: 0.2, ...wilsonInterval(10, 50) },
    positive_predictive_value: { value: 0.8, ...wilsonInterval(40, 50) },
  })
  expect(b).toMatchObject({ group: 'b', rows: 60, ratio: 0.2, four_fifths: 'below', apart: true })
  expect(b?.measures.positive_predictive_value?.value).toBe(0.5)
  expect(b?.ratio_interval?.[0]).toBeLessThan(0.2)
  expect(b?.ratio_interval?.[1]).toBeLessThan(0.8)
  expect(b?.differences?.selection_rate?.value).toBeCloseTo(-0.4, 12)
  expect(a?.calibration_gap?.value).toBeCloseTo(0.35 - 0.5, 12)
  expect(c).toEqual({ group: 'c', rows: 10, verdict: 'too few', measures: {}, ratio: null, four_fifths: null, apart: false })
  expect(worstGap(found === undefined ? [] : [found], 'yes')).toBe(
    'Widest gap between groups, by "ward", which the model does not read: 10 % of "b" (60 sealed rows) are called "yes", 50 % of "a" (ratio 0.2, below the four-fifths line); in truth they are 10 % and 50 %.',
  )
})

test('a number is compared by its mean error; equal groups are no gap, missing is a group of its own', () => {
  const rows = 120
  const truth = Float64Array.from({ length: rows }, (_, row) => row)
  const codes = Int32Array.from({ length: rows }, (_, row) => (row < 50 ? 0 : row < 85 ? 1 : -1))
  const value = truth.map((one, row) => one + (row % 2 === 0 ? 1 : -1) + (codes[row] === -1 ? 5 : 0))
  const sealed: SealedRows = { rows, target: { task: 'regression', values: truth }, prediction: { task: 'regression', value } }
  const [found] = judgeFairness(sealed, [{ name: 'kind', input: true, values: { kind: 'category', codes, levels: ['x', 'y'] } }], 0.5)
  expect(found?.groups.map(({ group, apart, four_fifths }) => [group, apart, four_fifths])).toEqual([
    ['x', false, null],
    ['y', false, null],
    ['(missing)', true, null],
  ])
  expect(found?.groups[2]?.measures.mean_error?.value).toBeCloseTo(5, 1)
  expect(worstGap(found === undefined ? [] : [found], null)).toContain('"(missing)" (35 sealed rows)')
  expect(worstGap([], null)).toBeNull()
})
