import { expect, test } from 'vitest'
import { estimatePerformance, type ExpectedMetrics } from './estimate-performance.ts'
import { log } from './logarithm.ts'
import { measure } from './measure.ts'
import type { MetricName } from './metrics.ts'
import { seededRandom } from './random.ts'

const repeats = 200
const rows = 300

function countInside(make: (seed: number) => { readonly expected: ExpectedMetrics | null; readonly found: ReturnType<typeof measure> }): Map<MetricName, number> {
  const inside = new Map<MetricName, number>()
  for (let seed = 0; seed < repeats; seed++) {
    const { expected, found } = make(seed)
    for (const [name, { low, high }] of Object.entries(expected ?? {}) as [MetricName, { low: number; high: number }][]) {
      const value = found[name] ?? Number.NaN
      inside.set(name, (inside.get(name) ?? 0) + (value >= low && value <= high ? 1 : 0))
    }
  }
  return inside
}

test('measures of calibrated probabilities lie in the interval that was expected before the labels came', () => {
  const inside = countInside((seed) => {
    const random = seededRandom(seed)
    const probability = Float64Array.from({ length: rows }, () => random.next() ** 2)
    const prediction = { task: 'binary' as const, probability, score: probability.map((p) => log(p / (1 - p))) }
    const codes = Int32Array.from(probability, (p) => (random.next() < p ? 1 : 0))
    return { expected: estimatePerformance(prediction, 0.5), found: measure({ task: 'binary', classes: ['no', 'yes'], codes }, prediction) }
  })
  expect([...inside.keys()]).toEqual(['auc', 'logLoss', 'accuracy', 'brier'])
  for (const count of inside.values()) expect(count).toBeGreaterThanOrEqual(0.9 * repeats)
})

test('the same for several classes', () => {
  const inside = countInside((seed) => {
    const random = seededRandom(1, seed)
    const drawn = Array.from({ length: rows }, () => [random.next(), random.next(), random.next()].map((u) => u * u + 0.01))
    const shares = drawn.map((row) => row.map((u) => u / row.reduce((sum, one) => sum + one, 0)))
    const probabilities = [0, 1, 2].map((k) => Float64Array.from(shares, (row) => row[k] ?? 0))
    const codes = Int32Array.from(shares, ([a = 0, b = 0]) => {
      const u = random.next()
      return u < a ? 0 : u < a + b ? 1 : 2
    })
    const prediction = { task: 'multiclass' as const, probabilities }
    return { expected: estimatePerformance(prediction, 0.5), found: measure({ task: 'multiclass', classes: ['a', 'b', 'c'], codes }, prediction) }
  })
  expect([...inside.keys()]).toEqual(['logLoss', 'accuracy', 'brier'])
  for (const count of inside.values()) expect(count).toBeGreaterThanOrEqual(0.9 * repeats)
})

test('nothing is expected of numbers, nor of no rows', () => {
  expect(estimatePerformance({ task: 'regression', value: new Float64Array(3) }, 0.5)).toBeNull()
  expect(estimatePerformance({ task: 'binary', score: new Float64Array(0), probability: new Float64Array(0) }, 0.5)).toEqual({})
})
