import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberGrid, placeNumbers, slotOfNumber } from './number-grid.ts'
import { placeNumber } from './place-number.ts'

/** Values at which placing could go wrong: the edges, their neighbours among the doubles, and the ends of all doubles. */
function hardValues(edges: readonly number[]): number[] {
  const near = edges.flatMap((edge) => [edge, neighbour(edge, 1n), neighbour(edge, -1n)])
  const ends = [Number.MAX_VALUE, Number.MIN_VALUE, Number.EPSILON, 1]
  return [...near, ...ends, ...ends.map((end) => -end), 0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
}

/** The double that lies next to a finite one in the order of their bits. */
function neighbour(value: number, step: bigint): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  view.setBigUint64(0, BigInt.asUintN(64, view.getBigUint64(0) + step))
  return view.getFloat64(0)
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const someEdges = fc.oneof(
  fc.array(finite, { maxLength: 200 }),
  fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { maxLength: 300 }),
  // Subnormal numbers, a range beyond the doubles, neighbours, and one far from the rest.
  fc.array(fc.integer({ min: -40, max: 40 }).map((i) => i * Number.MIN_VALUE), { maxLength: 60 }),
  fc.array(finite, { maxLength: 20 }).map((edges) => [...edges, -Number.MAX_VALUE, Number.MAX_VALUE]),
  fc.tuple(finite, fc.integer({ min: 0, max: 40 })).map(([start, count]) => Array.from({ length: count }, (_, i) => neighbour(start, BigInt(i))).filter(Number.isFinite)),
  fc.array(fc.double({ min: 0, max: 1e-3, noNaN: true }), { maxLength: 100 }).map((edges) => [...edges, 1e12]),
).map((edges) => edges.toSorted((a, b) => a - b))

test('the slot of every number is one more than its bin, and that of what is no number is 0', () => {
  fc.assert(
    fc.property(someEdges, fc.array(fc.double(), { maxLength: 50 }), (edges, more) => {
      const grid = numberGrid(edges)
      const values = Float64Array.from([...hardValues(edges), ...more])
      const slots = new Int32Array(values.length - 1)
      placeNumbers(grid, values, { start: 1, slots })
      for (const [i, value] of values.entries()) {
        const expected = Number.isFinite(value) ? placeNumber(edges, value) + 1 : 0
        expect(slotOfNumber(grid, value), `${value}`).toBe(expected)
        if (i > 0) expect(slots[i - 1]).toBe(expected)
      }
    }),
    { numRuns: 400 },
  )
})

test('more edges than the guide has cells are placed as well', () => {
  const edges = Float64Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? i : i ** 2)).sort()
  const grid = numberGrid(edges)
  for (let value = -3; value < 30_000; value += 7.5) expect(slotOfNumber(grid, value)).toBe(placeNumber(edges, value) + 1)
})
