import { expect, test } from 'vitest'
import { bootstrapMetrics } from './bootstrap.ts'
import { gaussian } from './synthetic.testkit.ts'
import { seededRandom } from './random.ts'

const random = seededRandom(2)
const codes = Int32Array.from({ length: 400 }, () => random.below(2))
const score = Float64Array.from(codes, (code) => code + gaussian(random))
const probability = score.map((value) => 1 / (1 + Math.exp(0.5 - value)))
const input = {
  target: { task: 'binary', codes, classes: ['no', 'yes'] },
  prediction: { task: 'binary', score, probability },
  seed: 1,
} as const

test('the interval holds the measure and has about the width of its standard error', () => {
  const { metrics, resamples } = bootstrapMetrics(input)
  expect(resamples).toBe(1000)
  for (const interval of Object.values(metrics)) {
    expect(interval.low).toBeLessThan(interval.value)
    expect(interval.high).toBeGreaterThan(interval.value)
  }
  const rate = metrics.accuracy!.value
  const width = 2 * 1.96 * Math.sqrt((rate * (1 - rate)) / 400)
  expect(metrics.accuracy!.high - metrics.accuracy!.low).toBeGreaterThan(0.85 * width)
  expect(metrics.accuracy!.high - metrics.accuracy!.low).toBeLessThan(1.15 * width)
})

test('the same seed gives the same bits, another seed others', () => {
  expect(bootstrapMetrics(input)).toEqual(bootstrapMetrics(input))
  expect(bootstrapMetrics({ ...input, seed: 2 })).not.toEqual(bootstrapMetrics(input))
})

test('many rows get fewer resamples', () => {
  const values = new Float64Array(50_000).fill(1)
  const { resamples } = bootstrapMetrics({
    target: { task: 'regression', values },
    prediction: { task: 'regression', value: values },
    seed: 1,
  })
  expect(resamples).toBe(400)
})
