import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeNumber } from './place-number.ts'
import type { Column } from './table.ts'
import { learnTreeBins } from './tree-bins.ts'
import { writeCodes } from './tree-codes.ts'
import { fewDistinct } from './tree-distinct.ts'
import { chooseFixedPoint, firstOffset, OFFSET_MASK, ROUNDING_OFFSETS, ROWS_PER_SUM } from './tree-fixed-point.ts'

const numbers = fc.array(fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY)), { minLength: 1, maxLength: 500 })

function codesOf(column: Column, shift: number): number[] {
  const rows = column.kind === 'numeric' ? column.values.length : column.codes.length
  const words = new Int32Array(rows)
  writeCodes(column, learnTreeBins(column), { words, shift })
  return Array.from(words, (word) => (word >>> shift) & 255)
}

test('distinct values are counted, or too many are told', () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 255 }), (list, most) => {
      const counts = new Map<number, number>()
      for (const value of list) if (Number.isFinite(value)) counts.set(value, (counts.get(value) ?? 0) + 1)
      const found = fewDistinct(Float64Array.from(list), most)
      if (counts.size > most) {
        expect(found).toBeUndefined()
        return
      }
      const ordered = [...counts].sort(([a], [b]) => a - b)
      expect([...found!.values].map((value) => value + 0)).toEqual(ordered.map(([value]) => value + 0))
      expect([...found!.counts]).toEqual(ordered.map(([, count]) => count))
    }),
  )
})

test('the code of a number is its place between the edges, and that of a missing one is 0', () => {
  fc.assert(
    fc.property(numbers, fc.constantFrom(0, 8, 16, 24), (list, shift) => {
      const column: Column = { name: 'x', kind: 'numeric', values: Float64Array.from(list) }
      const bins = learnTreeBins(column)
      const edges = bins.kind === 'numeric' ? bins.edges : []
      expect(edges.length).toBeLessThan(255)
      expect(codesOf(column, shift)).toEqual(list.map((value) => (Number.isFinite(value) ? placeNumber(edges, value) + 1 : 0)))
    }),
  )
})

test('bins of few values hold three rows, and more than 255 values are cut at quantiles', () => {
  const few = learnTreeBins({ name: 'x', kind: 'numeric', values: Float64Array.of(1, 2, 2, 3, 3, 3, 4, 5, 5, 5, 5) })
  expect(few).toEqual({ kind: 'numeric', edges: [2.5, 3.5], codes: 4 })
  const many = learnTreeBins({ name: 'x', kind: 'numeric', values: Float64Array.from({ length: 60_000 }, (_, i) => (i * 7919) % 60_000) })
  expect(many.codes).toBeGreaterThan(250)
  expect(many.codes).toBeLessThanOrEqual(256)
})

test('levels have codes by frequency, ordered ones by order, and a missing one has 0', () => {
  const codes = Int32Array.of(2, 2, 2, 0, 0, -1, 3)
  const levels = ['a', 'b', 'c', 'd']
  expect(codesOf({ name: 'x', kind: 'category', codes, levels }, 8)).toEqual([1, 1, 1, 2, 2, 0, 3])
  expect(codesOf({ name: 'x', kind: 'category', codes, levels, ordered: true }, 8)).toEqual([3, 3, 3, 1, 1, 0, 4])
})

test.each([
  { task: 'regression', outputs: 1, gradient: 1e9, weight: undefined },
  { task: 'regression', outputs: 1, gradient: 1e-9, weight: 3 },
  { task: 'binary', outputs: 1, gradient: 1, weight: undefined },
  { task: 'multiclass', outputs: 7, gradient: 1, weight: 250 },
] as const)('as many of the largest gradients as are added together are told apart again: $task $gradient $weight', (bounds) => {
  const { gradientUnits, hessianUnits, shift } = chooseFixedPoint(bounds)
  const heaviest = bounds.weight ?? 1
  const largestHessian = bounds.task === 'regression' ? 1 : bounds.outputs === 1 ? 0.25 : bounds.outputs / (bounds.outputs - 1) / 4
  for (const sign of [-1, 1]) {
    const gradient = Math.floor(sign * bounds.gradient * heaviest * gradientUnits + 0.9995)
    const hessian = Math.floor(largestHessian * heaviest * hessianUnits + 0.9995)
    let sum = 0
    for (let row = 0; row < ROWS_PER_SUM; row++) sum += gradient * shift + hessian
    const high = Math.floor(sum / shift)
    expect([high, sum - high * shift]).toEqual([ROWS_PER_SUM * gradient, ROWS_PER_SUM * hessian])
  }
})

test('values are rounded right on average, and not in the same way in all rounds', () => {
  for (const value of [0.001, 0.3, 7.77]) {
    let sum = 0
    for (let row = 0; row <= OFFSET_MASK; row++) sum += Math.floor(value + ROUNDING_OFFSETS[(row + firstOffset(3)) & OFFSET_MASK]!)
    expect(sum / (OFFSET_MASK + 1)).toBeCloseTo(value, 3)
  }
  expect(new Set(Array.from({ length: 100 }, (_, round) => firstOffset(round))).size).toBe(100)
})
