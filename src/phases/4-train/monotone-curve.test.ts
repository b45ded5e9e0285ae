import { expect, test } from 'vitest'
import type { NumericTerm } from '#ml/model'
import { judgeCurve } from './monotone-curve.ts'

function term(scores: number[], deviation = 0.01): NumericTerm {
  return {
    kind: 'numeric',
    feature: 'dose',
    edges: scores.slice(1).map((_, i) => i),
    scores: [scores],
    deviation: [scores.map(() => deviation)],
    lower: [scores.map((score) => score - 2 * deviation)],
    upper: [scores.map((score) => score + 2 * deviation)],
    weight: scores.map(() => 10),
    missing: [0],
    missingWeight: 0,
    importance: 1,
  }
}

const rising = Array.from({ length: 20 }, (_, i) => i / 10)

test('a curve that rises all along is increasing, its mirror decreasing', () => {
  expect(judgeCurve(term(rising))).toMatchObject({
    direction: 'increasing',
    rank: expect.closeTo(1),
    along: 1,
    kept: 1,
  })
  expect(judgeCurve(term(rising.toReversed()))).toMatchObject({ direction: 'decreasing' })
})

const rippled = rising.map((score, i) => score + (i % 5 === 0 ? 0.12 : 0))

test('ripples within the band do not hide a direction, the same ripples outside it do', () => {
  expect(judgeCurve(term(rippled, 0.02))?.direction).toBe('increasing')
  expect(judgeCurve(term(rippled, 0.001))).toBeNull()
})

test('a fall where no row lies counts for nothing', () => {
  const fallen = rising.map((score, i) => (i === 10 ? score - 1 : score))
  expect(judgeCurve(term(fallen))).toBeNull()
  expect(judgeCurve({ ...term(fallen), weight: fallen.map((_, i) => (i === 10 ? 0 : 10)) })?.direction).toBe('increasing')
})

test('a curve without a band, or flat within it, gives none', () => {
  const { lower: _lower, upper: _upper, ...bare } = term(rising)
  expect(judgeCurve(bare)).toBeNull()
  expect(judgeCurve({ ...term(rising), lower: [rising.map(() => -5)], upper: [rising.map(() => 5)] })).toBeNull()
})

test('a bend, a noisy curve and a curve within its own deviation give none', () => {
  expect(judgeCurve(term(rising.map((score) => Math.abs(score - 1))))).toBeNull()
  expect(judgeCurve(term(rising.map((_, i) => Math.sin(i * 7))))).toBeNull()
  expect(judgeCurve(term(rising, 1))).toBeNull()
})

test('a curve of few steps is monotone by chance and is not proposed', () => {
  expect(judgeCurve(term([0, 1, 2]))).toBeNull()
})
