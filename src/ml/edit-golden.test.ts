import { describe, expect, test } from 'vitest'
import golden from '../../tests/golden/ml-edits.json' with { type: 'json' }
import { applyEdits } from './apply-edits.ts'
import type { Model, NumericTerm } from './model.ts'
import { expectAccepted } from './refusal.ts'
import type { ShapeEdit } from './shape-edit.ts'

interface Curve {
  readonly edges?: number[]
  readonly intercept?: number
  readonly scores: number[]
  readonly weights: number[]
  readonly missing?: number
  readonly missing_weight?: number
}

function modelOf({ edges, intercept = 0, scores, weights, missing = 0, missing_weight: missingWeight = 0 }: Curve): Model {
  const term: NumericTerm = {
    kind: 'numeric',
    feature: 'x',
    edges: edges ?? scores.slice(1).map((_, i) => i),
    scores: [scores],
    deviation: [scores.map(() => 0)],
    weight: weights,
    missing: [missing],
    missingWeight,
    importance: 1,
  }
  return { format: 'signalbox-model', version: 2, trainer: 'glassbox', task: 'binary', link: 'logit', classes: ['0', '1'], intercepts: [intercept], terms: [term], training: { rows: 1, seed: 1 } }
}

function edited(model: Model, edit: ShapeEdit): { term: NumericTerm; intercept: number; edits: readonly ShapeEdit[] } {
  const { model: after } = expectAccepted(applyEdits(model, [edit]))
  const [term] = after.terms
  if (term?.kind !== 'numeric') throw new Error('expected a curve over a number')
  return { term, intercept: after.intercepts[0]!, edits: after.edits ?? [] }
}

/** Scores as they stand for predictions: with the constant that an edit moved to the intercept. */
function absolute({ term, intercept }: { term: NumericTerm; intercept: number }): number[] {
  return term.scores[0]!.map((score) => score + intercept)
}

function expectClose(found: readonly number[], expected: readonly number[], within: number): void {
  expect(found.length).toBe(expected.length)
  for (const [i, value] of expected.entries()) expect(Math.abs(found[i]! - value)).toBeLessThan(within)
}

describe('monotonise is', () => {
  test("scikit-learn's isotonic regression weighted by rows", () => {
    for (const { scores, weights, direction, fitted } of golden.isotonic) {
      const found = edited(modelOf({ scores, weights }), { verb: 'monotonise', term: ['x'], direction: direction as 'increasing' })
      expectClose(absolute(found), fitted, 1e-12)
    }
  })

  test("interpret's monotonize of a fitted EBM, scores and intercept, in both directions and by itself", () => {
    for (const { fitted, edits, auto } of golden.monotonize) {
      for (const edit of edits) {
        const found = edited(modelOf(fitted), { verb: 'monotonise', term: ['x'], direction: edit.direction as 'increasing' })
        expectClose(found.term.scores[0]!, edit.scores, 1e-10)
        expectClose([found.intercept, found.term.missing[0]!], [edit.intercept, edit.missing], 1e-10)
        expect(found.term.monotone).toBe(edit.direction)
      }
      expect(edited(modelOf(fitted), { verb: 'monotonise', term: ['x'], direction: 'auto' }).edits).toMatchObject([{ direction: auto[0] }])
    }
  })
})

test('smooth solves the penalised least squares that numpy solves', () => {
  for (const { scores, weights, strength, fitted } of golden.whittaker) {
    const found = edited(modelOf({ scores, weights }), { verb: 'smooth', term: ['x'], strength })
    expectClose(absolute(found), fitted, 1e-9)
  }
})
