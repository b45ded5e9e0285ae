import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeDecreasing, makeIncreasing } from './isotonic.ts'

const sequence = fc.array(fc.tuple(fc.double({ min: -10, max: 10, noNaN: true }), fc.integer({ min: 0, max: 5 })))

test('the projection is monotone to the last bit and keeps the weighted mean', () => {
  fc.assert(
    fc.property(sequence, (pairs) => {
      const weights = pairs.map(([, weight]) => weight + 1)
      const before = Float64Array.from(pairs, ([value]) => value)
      const after = before.slice()
      makeIncreasing(after, weights)
      for (let i = 1; i < after.length; i++) expect(after[i]! >= after[i - 1]!).toBe(true)
      const total = (values: Float64Array) => values.reduce((sum, value, i) => sum + value * weights[i]!, 0)
      expect(total(after)).toBeCloseTo(total(before), 8)
      makeDecreasing(after, weights)
      expect(new Set(after).size).toBeLessThanOrEqual(1 + Number(after.length > 0))
    }),
  )
})

test('violators are pooled to their weighted mean, and what is before the start stays', () => {
  const values = Float64Array.of(9, 1, 4, 2, 5)
  makeIncreasing(values, [1, 1, 1, 3, 1], 1)
  expect([...values]).toEqual([9, 1, 2.5, 2.5, 5])
})
