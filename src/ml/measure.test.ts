import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import golden from '../../tests/golden/ml-metrics.json' with { type: 'json' }
import { measure, prepareMeasurer } from './measure.ts'
import type { Metrics } from './metrics.ts'
import { shuffledRows, seededRandom } from './random.ts'
import { takeCodes, takeNumbers } from './table.ts'

function expectMetrics(found: Metrics, recorded: Record<string, number>): void {
  for (const [name, value] of Object.entries(recorded)) {
    expect(found[name as keyof Metrics], name).toBeCloseTo(value, 12)
  }
}

const codes = Int32Array.from(golden.binary.codes)
const probability = Float64Array.from(golden.binary.probability)
const binary = { task: 'binary', codes, classes: ['no', 'yes'] } as const

describe('measures agree with scikit-learn', () => {
  test('of two classes, with ties and with probabilities of 0 and 1', () => {
    const prediction = { task: 'binary', score: probability, probability } as const
    expectMetrics(measure(binary, prediction), golden.binary.plain)
    expectMetrics(prepareMeasurer(binary, prediction)(golden.binary.weights), golden.binary.weighted)
  })

  test('of three classes', () => {
    const known = Int32Array.from(golden.multiclass.codes)
    const target = { task: 'multiclass', codes: known, classes: ['a', 'b', 'c'] } as const
    const probabilities = golden.multiclass.probabilities.map((row) => Float64Array.from(row))
    expectMetrics(measure(target, { task: 'multiclass', probabilities }), golden.multiclass.plain)
  })

  test('of numbers', () => {
    const target = { task: 'regression', values: Float64Array.from(golden.regression.truth) } as const
    const prediction = { task: 'regression', value: Float64Array.from(golden.regression.value) } as const
    expectMetrics(measure(target, prediction), golden.regression.plain)
  })
})

test('the order of the rows does not matter', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const rows = shuffledRows(codes.length, seededRandom(seed))
      const moved = takeNumbers(probability, rows)
      const found = measure(
        { ...binary, codes: takeCodes(codes, rows) },
        { task: 'binary', score: moved, probability: moved },
      )
      expectMetrics(found, golden.binary.plain)
    }),
    { numRuns: 20 },
  )
})

test('with one class only there is no area under the curve', () => {
  const one = { ...binary, codes: new Int32Array(codes.length) }
  expect(measure(one, { task: 'binary', score: probability, probability }).auc).toBeUndefined()
})

test('a constant target is explained fully or not at all', () => {
  const target = { task: 'regression', values: Float64Array.of(2, 2) } as const
  expect(measure(target, { task: 'regression', value: Float64Array.of(2, 2) }).r2).toBe(1)
  expect(measure(target, { task: 'regression', value: Float64Array.of(2, 3) }).r2).toBe(0)
})

test('a prediction of another task is refused', () => {
  expect(() => measure(binary, { task: 'regression', value: probability })).toThrow(/binary/)
})
