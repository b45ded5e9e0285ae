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

test('small ripples do not hide a direction', () => {
  expect(judgeCurve(term(rising.map((score, i) => score + (i % 5 === 0 ? 0.12 : 0))))?.direction).toBe('increasing')
})

test('a bend, a noisy curve and a curve within its own deviation give none', () => {
  expect(judgeCurve(term(rising.map((score) => Math.abs(score - 1))))).toBeNull()
  expect(judgeCurve(term(rising.map((_, i) => Math.sin(i * 7))))).toBeNull()
  expect(judgeCurve(term(rising, 1))).toBeNull()
})

test('a curve of few steps is monotone by chance and is not proposed', () => {
  expect(judgeCurve(term([0, 1, 2]))).toBeNull()
})
