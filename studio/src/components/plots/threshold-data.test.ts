import { expect, test } from 'vitest'
import { cheapest, costOf, countsAt, type ThresholdCounts, withEnds } from './threshold-data.ts'

const counts = (threshold: number, caught: number, bothered: number): ThresholdCounts => ({ threshold, true_positives: caught, false_negatives: 40 - caught, false_positives: bothered, true_negatives: 60 - bothered })
const table = withEnds([counts(0.25, 38, 30), counts(0.5, 30, 10), counts(0.75, 15, 2)])

test('the ends call everybody and nobody', () => {
  expect(table[0]).toMatchObject({ threshold: 0, true_positives: 40, false_positives: 60, false_negatives: 0 })
  expect(table.at(-1)).toMatchObject({ threshold: 1, true_positives: 0, false_negatives: 40 })
  expect(withEnds([])).toEqual([])
})

test('the cheapest threshold falls as a miss becomes dearer', () => {
  expect(cheapest(table, { falsePositive: 1, falseNegative: 1 })?.threshold).toBe(0.5)
  expect(cheapest(table, { falsePositive: 1, falseNegative: 5 })?.threshold).toBe(0.25)
  expect(cheapest(table, { falsePositive: 1, falseNegative: 100 })?.threshold).toBe(0)
  expect(cheapest(table, { falsePositive: 100, falseNegative: 1 })?.threshold).toBe(1)
})

test('the cost is that of a row', () => {
  expect(costOf(counts(0.5, 30, 10), { falsePositive: 4, falseNegative: 15 })).toBeCloseTo((10 * 4 + 10 * 15) / 100, 12)
})

test('counts are found at a point of the slider, whatever its floating digits', () => {
  expect(countsAt(table, 0.1 + 0.15)?.threshold).toBe(0.25)
  expect(countsAt(table, 0.3)).toBeNull()
})
