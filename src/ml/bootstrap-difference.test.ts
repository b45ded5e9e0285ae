import { expect, test } from 'vitest'
import { bootstrapDifference } from './bootstrap-difference.ts'
import { seededRandom } from './random.ts'

const random = seededRandom(3)
const noise = (spread: number) => spread * (random.next() + random.next() - 1)
const values = Float64Array.from({ length: 400 }, () => noise(10))
const target = { task: 'regression', values } as const
const predicted = (spread: number) => ({ task: 'regression', value: values.map((value) => value + noise(spread)) }) as const

test('a prediction does not differ from itself', () => {
  const same = predicted(2)
  const { metrics, rows } = bootstrapDifference({ target, baseline: same, candidate: same, seed: 1 })
  expect(rows).toBe(400)
  expect(metrics.rmse).toMatchObject({ difference: 0, low: 0, high: 0 })
})

test('the interval of a real difference leaves out zero, and holds the difference', () => {
  const { metrics } = bootstrapDifference({ target, baseline: predicted(4), candidate: predicted(2), seed: 1 })
  const { baseline = 0, candidate = 0, difference = 0, low = 0, high = 0 } = metrics.rmse ?? {}
  expect(difference).toBeCloseTo(candidate - baseline, 12)
  expect(high).toBeLessThan(0)
  expect(low < difference && difference < high).toBe(true)
})

test('errors on the same rows are compared on the same rows, so that the interval is narrower than that of each measure', () => {
  const baseline = predicted(4)
  const candidate = { task: 'regression', value: baseline.value.map((value, row) => value + (row % 2 === 0 ? 0.01 : -0.01)) } as const
  const { metrics } = bootstrapDifference({ target, baseline, candidate, seed: 1 })
  const { low = -1, high = 1 } = metrics.rmse ?? {}
  expect(high - low).toBeLessThan(0.01)
})

test('the same seed gives the same interval', () => {
  const input = { target, baseline: predicted(3), candidate: predicted(3), seed: 7 }
  expect(bootstrapDifference(input)).toEqual(bootstrapDifference(input))
})
