import { expect, test } from 'vitest'
import golden from '../../tests/golden/ml-judgement.json' with { type: 'json' }
import { seededRandom } from './random.ts'
import { drawResiduals } from './residual-plots.ts'
import { gaussian } from './synthetic.testkit.ts'

function regression(rows: number) {
  const random = seededRandom(6)
  const predicted = Float64Array.from({ length: rows }, () => 10 * random.next())
  return { predicted, truth: predicted.map((value) => value + gaussian(random) + (value > 9 ? 2 : 0)) }
}

test('the quantiles beside those of a normal distribution are as in scipy', () => {
  const truth = Float64Array.from(golden.quantiles.residuals)
  const { quantilePairs } = drawResiduals(truth, new Float64Array(truth.length))
  expect(quantilePairs.map(({ observed }) => observed)).toEqual(golden.quantiles.observed)
  for (const [i, { expected }] of quantilePairs.entries()) expect(expected).toBeCloseTo(golden.quantiles.expected[i]!, 10)
})

test('deciles by prediction show where predictions are too low', () => {
  const { truth, predicted } = regression(2000)
  const { deciles } = drawResiduals(truth, predicted)
  expect(deciles.map(({ rows }) => rows)).toEqual(Array(10).fill(200))
  const off = deciles.map(({ meanResidual }) => meanResidual!.low > 0)
  expect(off).toEqual([...Array(9).fill(false), true])
  for (const decile of deciles) {
    expect(decile.meanResidual?.value).toBeCloseTo(decile.meanActual - decile.meanPredicted, 10)
    expect(decile.lowest).toBeLessThan(decile.highest)
  }
})

test('every residual is in one range of the histogram, those beyond the middle in the open ones', () => {
  const { truth, predicted } = regression(3000)
  truth[0] = 1e6
  const { histogram } = drawResiduals(truth, predicted)
  expect(histogram.reduce((sum, { rows }) => sum + rows, 0)).toBe(3000)
  expect(histogram.length).toBeLessThanOrEqual(42)
  expect(histogram[0]).toMatchObject({ from: null, rows: 15 })
  expect(histogram.at(-1)).toMatchObject({ to: null, rows: 15 })
  for (const [i, { to }] of histogram.slice(0, -1).entries()) expect(histogram[i + 1]?.from).toBe(to)
  const residuals = truth.map((value, i) => value - predicted[i]!)
  const [, , third] = histogram
  expect(third?.rows).toBe(residuals.filter((one) => one >= third!.from! && one < third!.to!).length)
})

test('points are thinned with both ends kept', () => {
  const { truth, predicted } = regression(5000)
  const { predictedActual, quantilePairs } = drawResiduals(truth, predicted)
  expect([predictedActual.length, quantilePairs.length]).toEqual([500, 200])
  expect(predictedActual[0]?.predicted).toBe(Math.min(...predicted))
  expect(predictedActual.at(-1)?.predicted).toBe(Math.max(...predicted))
})

test('a single row, none, and no spread are drawn all the same', () => {
  const one = drawResiduals(Float64Array.of(3), Float64Array.of(1))
  expect(one.predictedActual).toEqual([{ predicted: 1, actual: 3 }])
  expect(one.histogram).toEqual([{ from: 2, to: 2, rows: 1 }])
  expect(one.deciles).toMatchObject([{ rows: 1, meanResidual: null }])
  expect(one.quantilePairs[0]?.observed).toBe(2)
  expect(one.quantilePairs[0]?.expected).toBeCloseTo(0, 12)
  const none = drawResiduals(new Float64Array(0), new Float64Array(0))
  expect(none).toEqual({ predictedActual: [], deciles: [], quantilePairs: [], histogram: [] })
  const flat = drawResiduals(new Float64Array(40).fill(2), new Float64Array(40).fill(2))
  expect(flat.histogram).toEqual([{ from: 0, to: 0, rows: 40 }])
  expect(flat.deciles.length).toBe(1)
})
