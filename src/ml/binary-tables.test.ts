import fc from 'fast-check'
import { expect, test } from 'vitest'
import { liftTable } from './lift-table.ts'
import { precisionTable } from './precision-table.ts'
import { profitCurve } from './profit-curve.ts'
import { seededRandom } from './random.ts'
import { scoreHistogram } from './score-histogram.ts'

const random = seededRandom(12)
const probability = Float64Array.from({ length: 1000 }, () => Math.round(200 * random.next() ** 2) / 200)
const codes = Int32Array.from(probability, (p) => (random.next() < p ? 1 : 0))
const positives = codes.reduce((sum, code) => sum + code, 0)

test('lift and gain of the likeliest tenths', () => {
  const flat = { codes: Int32Array.of(1, 1, 0, 1, 0, 0, 0, 0, 0, 0), p: Float64Array.of(10, 9, 8, 7, 6, 5, 4, 3, 2, 1).map((x) => x / 11) }
  const bins = liftTable(flat.codes, flat.p, 5)
  expect(bins.map(({ positives: own }) => own)).toEqual([2, 1, 0, 0, 0])
  expect(bins.map(({ gain }) => gain)).toEqual([2 / 3, 1, 1, 1, 1])
  expect(bins[0]?.lift).toBeCloseTo(1 / 0.3, 12)
  expect(bins[1]?.cumulativeLift).toBeCloseTo(0.75 / 0.3, 12)
  expect(bins[0]?.lowestProbability).toBeCloseTo(9 / 11, 12)
  const many = liftTable(codes, probability)
  expect(many.at(-1)).toMatchObject({ rowShare: 1, gain: 1, cumulativeLift: 1 })
  expect(many.reduce((sum, { rows }) => sum + rows, 0)).toBe(1000)
  expect(liftTable(Int32Array.of(0, 0), Float64Array.of(0.1, 0.2), 2)[0]).toMatchObject({ lift: null, gain: null })
})

test('precision in steps of 5 % of the rows; equal probabilities are called together', () => {
  const found = precisionTable(codes, probability)
  expect(found.length).toBe(20)
  for (const { share, called, threshold, truePositives, precision, recall } of found) {
    const calls = [...probability.keys()].filter((row) => probability[row]! >= threshold)
    expect(called).toBe(calls.length)
    expect(called).toBeGreaterThanOrEqual(1000 * share)
    expect(truePositives).toBe(calls.filter((row) => codes[row] === 1).length)
    expect(precision).toBe(truePositives / called)
    expect(recall).toBe(truePositives / positives)
  }
  expect(found.at(-1)).toMatchObject({ share: 1, called: 1000, recall: 1 })
  expect(precisionTable(new Int32Array(0), new Float64Array(0))).toEqual([])
})

test('the profit at a threshold is that of its calls, and the best is the best of all', () => {
  const payOff = { truePositive: 50, falsePositive: -20, trueNegative: 1, falseNegative: -5 }
  const profitAt = (threshold: number) =>
    codes.reduce((sum, code, row) => {
      const called = probability[row]! >= threshold
      return sum + (code === 1 ? (called ? 50 : -5) : called ? -20 : 1)
    }, 0)
  const { points, best } = profitCurve(codes, probability, payOff)
  for (const point of points) expect(point.profit).toBeCloseTo(profitAt(point.threshold), 6)
  const all = [2, ...probability].map(profitAt)
  expect(best.profit).toBeCloseTo(Math.max(...all), 6)
  expect(points[0]).toMatchObject({ called: 0, calledShare: 0 })
  expect(points.at(-1)).toMatchObject({ called: 1000, calledShare: 1 })
})

test('calibrated probabilities are called from the price of a false alarm on', () => {
  const { best } = profitCurve(codes, probability, { truePositive: 3, falsePositive: -1, trueNegative: 0, falseNegative: 0 })
  expect(best.threshold).toBeGreaterThan(0.1)
  expect(best.threshold).toBeLessThan(0.4)
})

test('the curve is thinned to 200 points, and the best is kept apart', () => {
  const p = Float64Array.from({ length: 900 }, (_, i) => i / 900)
  const likeliest = Int32Array.from(p, (_, i) => (i > 444 ? 1 : 0))
  const found = profitCurve(likeliest, p, { truePositive: 1, falsePositive: -1, trueNegative: 0, falseNegative: 0 })
  expect(found.points.length).toBe(200)
  expect(found.best).toMatchObject({ called: 455, profit: 455, threshold: 445 / 900 })
})

test('every row is counted once, by class and range of probability', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 1 }))), (rows) => {
      const bins = scoreHistogram(Int32Array.from(rows, ([, code]) => code), Float64Array.from(rows, ([p]) => p))
      expect(bins.length).toBe(20)
      expect(bins.reduce((sum, bin) => sum + bin.positives, 0)).toBe(rows.filter(([, code]) => code === 1).length)
      expect(bins.reduce((sum, bin) => sum + bin.negatives + bin.positives, 0)).toBe(rows.length)
    }),
  )
})
