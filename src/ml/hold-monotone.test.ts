import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildCurveTerm } from './build-term.ts'
import { addChange, type Change, cornersOfCurve, emptyChange } from './change.ts'
import type { BinRule } from './feature-bins.ts'
import { fitBag } from './fit-bag.ts'
import { holdMonotone } from './hold-monotone.ts'
import { seededRandom } from './random.ts'

const numbers = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 12 })

function changeOf(values: readonly number[]): Change {
  const change = emptyChange(new Float64Array(values.length))
  change.values.set(values)
  change.cells = values.length
  cornersOfCurve(change)
  return change
}

test('the corners of a change say the same as its values', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const change = changeOf(values)
      for (const [cell, value] of values.entries()) {
        let sum = 0
        for (let c = 0; c < change.count; c++) if (change.corners[c]! >= cell) sum += change.factors[c]!
        expect(sum).toBeCloseTo(value, 12)
      }
    }),
  )
})

test('after a held change the curve is monotone but for rounding, and the missing bin took its whole change', () => {
  fc.assert(
    fc.property(numbers, (changes) => {
      const curve = Float64Array.from(changes, (_, i) => (i === 0 ? 5 : i))
      const change = changeOf(changes)
      holdMonotone(change, { curve, weights: new Float64Array(changes.length).fill(1), direction: 'increasing' })
      addChange(change, curve)
      for (let bin = 2; bin < curve.length; bin++) expect(curve[bin]! - curve[bin - 1]!).toBeGreaterThan(-1e-12)
      expect(curve[0]).toBeCloseTo(5 + changes[0]!, 12)
    }),
  )
})

const settings = {
  rounds: 40,
  smoothingRounds: 10,
  patience: 40,
  leaves: 3,
  learningRate: 0.2,
  lambda: 0.1,
  rowsPerLeaf: 4,
  largestStep: 1e9,
  steadyRounds: 0,
  growthRounds: 100,
  idleShare: 0,
  endTogether: true,
}

test('every bag holds the direction at every round, not only their mean', () => {
  const random = seededRandom(1)
  const codes = Uint8Array.from({ length: 300 }, () => 1 + random.below(20))
  const target = Float64Array.from(codes, (code) => Math.sin(code) + random.next())
  const { snapshots } = fitBag({
    task: { task: 'regression', outputs: 1, loss: { kind: 'squared' }, rows: 300 },
    shapes: [{ kind: 'curve', cells: 21, direction: 'decreasing' }],
    codes: [codes],
    target,
    rowWeights: null,
    fitted: null,
    folds: Int32Array.from(codes, (_, i) => i % 4),
    fold: 0,
    bag: 0,
    rowsPerBag: 1000,
    tracker: 'matrix',
    settings,
    seed: 1,
  })
  expect(snapshots.length).toBeGreaterThan(2)
  for (const curve of snapshots) for (let bin = 2; bin < 21; bin++) expect(curve[bin]! - curve[bin - 1]!).toBeLessThan(1e-12)
})

test('a grid holds the directions of both of its sides exactly', () => {
  const random = seededRandom(2)
  const rows = 400
  const codes = Uint8Array.from({ length: rows }, () => random.below(36))
  const target = Float64Array.from(codes, (code) => 0.5 * Math.sin(code) + 0.5 * Math.floor(code / 6) - 0.5 * (code % 6) + random.next())
  const { snapshots } = fitBag({
    task: { task: 'regression', outputs: 1, loss: { kind: 'squared' }, rows },
    shapes: [{ kind: 'grid', cells: 36, rows: 6, columns: 6, directions: ['increasing', 'decreasing'] }],
    codes: [codes],
    target,
    rowWeights: null,
    fitted: null,
    folds: Int32Array.from(codes, (_, i) => i % 4),
    fold: 1,
    bag: 1,
    rowsPerBag: 1000,
    tracker: 'rows',
    settings,
    seed: 1,
  })
  const last = snapshots.at(-1)!
  expect(Math.max(...last) - Math.min(...last)).toBeGreaterThan(0.1)
  for (let i = 0; i < 6; i++) {
    for (let j = 0; j < 6; j++) {
      if (i > 0) expect(last[i * 6 + j]! >= last[(i - 1) * 6 + j]!).toBe(true)
      if (j > 0) expect(last[i * 6 + j]! <= last[i * 6 + j - 1]!).toBe(true)
    }
  }
})

test('a mean that rounding made not quite monotone is put right in the term', () => {
  const rule: BinRule = { kind: 'numeric', edges: [1.5, 2.5], direction: 'increasing' }
  const feature = { feature: 'x', rule, bins: 4, codes: Uint8Array.of(1, 2, 3) }
  const curve = Float64Array.of(0, 0.1, 0.1 - 2e-17 * 1e3, 0.3)
  const averaged = [{ scores: curve, deviation: curve, lower: curve, upper: curve }]
  const importance = { importance: 1, importanceInterval: [0, 2] as const }
  const { scores } = buildCurveTerm(feature, { averaged, weight: Float64Array.of(0, 1, 1, 1), importance })
  expect(scores[0]![1]! >= scores[0]![0]!).toBe(true)
})
