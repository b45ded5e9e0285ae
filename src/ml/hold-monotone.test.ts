import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildTerm } from './build-term.ts'
import type { BinRule } from './feature-bins.ts'
import { fitBag } from './fit-bag.ts'
import { holdMonotone } from './hold-monotone.ts'
import { seededRandom } from './random.ts'
import { addStep } from './step.ts'

const numbers = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 12 })

test('after a held step the curve is monotone but for rounding, and the missing bin took its whole step', () => {
  fc.assert(
    fc.property(numbers, (changes) => {
      const curve = Float64Array.from(changes, (_, i) => (i === 0 ? 5 : i))
      const step = {
        pieces: changes.length,
        ends: Int32Array.from(changes, (_, i) => i),
        values: Float64Array.from(changes),
      }
      const weights = new Float64Array(changes.length).fill(1)
      addStep(holdMonotone(step, { curve, weights, direction: 'increasing' }), curve)
      for (let bin = 2; bin < curve.length; bin++) expect(curve[bin]! - curve[bin - 1]!).toBeGreaterThan(-1e-12)
      expect(curve[0]).toBeCloseTo(5 + changes[0]!, 12)
    }),
  )
})

test('every bag holds the direction, not only their mean', () => {
  const random = seededRandom(1)
  const codes = Uint8Array.from({ length: 300 }, () => 1 + random.below(20))
  const target = Float64Array.from(codes, (code) => Math.sin(code) + random.next())
  const settings = {
    rounds: 40,
    smoothingRounds: 10,
    patience: 40,
    leaves: 3,
    learningRate: 0.2,
    lambda: 0.1,
    rowsPerLeaf: 4,
    largestStep: 1e9,
  }
  const { curves, rounds } = fitBag({
    task: 'regression',
    classes: 1,
    binCounts: [21],
    codes: [codes],
    directions: ['decreasing'],
    target,
    folds: Int32Array.from(codes, (_, i) => i % 4),
    bag: 0,
    rowsPerBag: 1000,
    tracker: 'matrix',
    settings,
    seed: 1,
  })
  expect(rounds).toBeGreaterThan(0)
  for (let bin = 2; bin < 21; bin++) expect(curves[bin]! - curves[bin - 1]!).toBeLessThan(1e-12)
})

test('a mean that rounding made not quite monotone is put right in the term', () => {
  const values = Float64Array.of(1, 2, 3)
  const rule: BinRule = { kind: 'numeric', edges: [1.5, 2.5], direction: 'increasing' }
  const feature = { feature: 'x', rule, bins: 4, codes: Uint8Array.of(1, 2, 3) }
  const curve = Float64Array.of(0, 0.1, 0.1 - 2e-17 * 1e3, 0.3)
  const { term } = buildTerm(feature, { name: 'x', kind: 'numeric', values }, { scores: [curve], deviation: [curve] })
  const scores = term.scores[0]!
  expect(scores[1]! >= scores[0]!).toBe(true)
})
