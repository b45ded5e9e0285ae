import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseEdges } from './numeric-edges.ts'
import { placeNumber, readNumber } from './place-number.ts'

test('few distinct values each have a bin of their own', () => {
  expect(chooseEdges(Float64Array.of(3, 1, 1, 2, Number.NaN), { ownBins: 8, quantileBins: 4 })).toEqual([1.5, 2.5])
})

test('edges separate observed values and never exceed the bins asked for', () => {
  const values = fc.float64Array({ minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(values, fc.integer({ min: 2, max: 20 }), (column, bins) => {
      const edges = chooseEdges(column, { ownBins: bins, quantileBins: bins })
      expect(edges.length).toBeLessThanOrEqual(bins)
      for (let i = 1; i < edges.length; i++) expect(edges[i]!).toBeGreaterThan(edges[i - 1]!)
      const finite = column.filter(Number.isFinite)
      const used = new Set([...finite].map((value) => placeNumber(edges, value)))
      if (finite.length > 0) expect(used.size).toBe(edges.length + 1)
    }),
  )
})

test('a value that is very frequent keeps its own bin', () => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => (i < 600 ? 0 : i))
  const edges = chooseEdges(values, { ownBins: 10, quantileBins: 10 })
  expect(edges[0]).toBe(300)
})

test('text is read as a number where it is one', () => {
  expect(readNumber('12.5')).toBe(12.5)
  expect([readNumber(' '), readNumber('n/a'), readNumber(null), readNumber(Number.POSITIVE_INFINITY)]).toEqual(
    Array(4).fill(Number.NaN),
  )
})
