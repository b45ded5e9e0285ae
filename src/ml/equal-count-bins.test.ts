import fc from 'fast-check'
import { expect, test } from 'vitest'
import { equalCountBins } from './equal-count-bins.ts'

test('every row is in one bin, bins ascend, and equal values stay together', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 90 }), (numbers) => {
      const values = Float64Array.from(numbers)
      const bins = equalCountBins(values, 10)
      expect(bins.length).toBeLessThanOrEqual(10)
      expect(bins.flatMap((rows) => [...rows]).sort((a, b) => a - b)).toEqual([...values.keys()])
      for (const [i, rows] of bins.entries()) {
        const before = bins[i - 1]
        if (before) expect(values[before.at(-1)!]).toBeLessThan(values[rows[0]!]!)
      }
    }),
  )
})

test('distinct values are divided evenly, and a large tie does not splinter the bins after it', () => {
  const distinct = Float64Array.from({ length: 100 }, (_, i) => 99 - i)
  expect(equalCountBins(distinct, 10).map((rows) => rows.length)).toEqual(Array(10).fill(10))
  const tied = Float64Array.from({ length: 100 }, (_, i) => Math.max(0, i - 45))
  expect(equalCountBins(tied, 10).map((rows) => rows.length)).toEqual([46, 4, 10, 10, 10, 10, 10])
})
