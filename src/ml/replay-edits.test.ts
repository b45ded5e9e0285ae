import { describe, expect, test } from 'vitest'
import { applyEdits } from './apply-edits.ts'
import { editableModel, GRADES } from './editable-model.testkit.ts'
import { fitModel } from './fit-model.ts'
import { type Model, nameOfTerm, type NumericTerm } from './model.ts'
import { expectAccepted } from './refusal.ts'
import { replayEdits } from './replay-edits.ts'
import type { ShapeEdit } from './shape-edit.ts'
import { makeSynthetic } from './synthetic.testkit.ts'

const edits: ShapeEdit[] = [
  { verb: 'flatten', term: ['x'], where: [{ feature: 'x', ranges: [{ from: null, to: 0 }], missing: true }] },
  { verb: 'flatten', term: ['grade'], where: [{ feature: 'grade', levels: ['b', 'c'] }], value: 0.5 },
  { verb: 'scale', term: ['y'], factor: 0.5 },
]

/** The model as if fitted anew, with one term another. */
function refitted(model: Model, name: string, change: (term: Model['terms'][number]) => Model['terms']): Model {
  return { ...model, terms: model.terms.flatMap((term) => (nameOfTerm(term) === name ? change(term) : [term])) }
}

describe('on a model that was fitted anew', () => {
  test('edits are made by value whatever the bins, and every one is answered', async () => {
    const first = makeSynthetic('binary', 400, 1)
    const second = makeSynthetic('binary', 700, 2)
    const old = expectAccepted(await fitModel({ trainer: 'glassbox-main', ...first, seed: 1 }))
    const fresh = expectAccepted(await fitModel({ trainer: 'glassbox-main', ...second, seed: 2 }))
    const wanted: ShapeEdit[] = [
      { verb: 'flatten', term: ['x1'], where: [{ feature: 'x1', ranges: [{ from: 6, to: null }] }], value: 0 },
      // x2 rises by itself, so that only the other direction is sure to change something.
      { verb: 'monotonise', term: ['x2'], direction: 'decreasing' },
      { verb: 'remove', term: ['noise'] },
      { verb: 'scale', term: ['city'], factor: 0.8 },
    ]
    const { model: edited } = expectAccepted(applyEdits(old, wanted))
    const { model, replayed } = replayEdits(fresh, edited.edits ?? [])
    expect(replayed.map(({ outcome }) => outcome)).toEqual(['replayed', 'replayed', 'replayed', 'replayed'])
    expect(model.edits).toEqual(edited.edits)
    expect(model.edits?.[1]).toMatchObject({ direction: 'decreasing', kind: 'numeric' })
    expect(model.terms.map(nameOfTerm)).toEqual(['x1', 'x2', 'city'])
    const [curve] = model.terms as [NumericTerm]
    const above = curve.scores[0]!.filter((_, bin) => (curve.edges[bin - 1] ?? 0) > 6.1)
    expect(above.length).toBeGreaterThan(3)
    expect(new Set(above).size).toBe(1)
  })

  test('what can be made is made, in order, and the rest is flagged with its reason', () => {
    const model = editableModel(9)
    const without = refitted(model, 'grade', () => [])
    const { model: replayedModel, replayed } = replayEdits(refitted(without, 'x × grade', () => []), edits)
    expect(replayed.map(({ outcome }) => outcome)).toEqual(['replayed', 'flagged', 'replayed'])
    expect(replayed[1]).toMatchObject({ reason: 'feature-gone', edit: edits[1], message: expect.stringContaining('"grade"') })
    expect(replayedModel.edits).toEqual([{ ...edits[0], kind: 'numeric' }, { ...edits[2], kind: 'numeric' }])
  })

  const numeric = editableModel(9).terms[0] as NumericTerm
  test.each<[string, Model, ShapeEdit]>([
    ['term-gone', refitted(editableModel(9), 'grade', () => []), edits[1]!],
    ['term-gone', editableModel(9), { verb: 'remove', term: ['x', 'y'] }],
    ['kind-changed', refitted(editableModel(9), 'grade', () => [{ ...numeric, feature: 'grade' }]), edits[1]!],
    ['kind-changed', refitted(editableModel(9), 'grade', () => [{ ...numeric, feature: 'grade' }]), { verb: 'scale', term: ['grade'], factor: 2, kind: 'category' }],
    ['levels-gone', refitted(editableModel(9), 'grade', (term) => (term.kind === 'category' ? [{ ...term, levels: GRADES.map((level) => `new ${level}`) }] : [term])), edits[1]!],
    ['levels-share-bin', refitted(editableModel(9), 'grade', (term) => (term.kind === 'category' ? [{ ...term, bins: [0, 1, 2, 2, 3, 4] }] : [term])), edits[1]!],
    ['range-outside', editableModel(9), { verb: 'flatten', term: ['x'], where: [{ feature: 'x', ranges: [{ from: 900, to: 990 }] }] }],
    ['not-possible', refitted(editableModel(9), 'grade', (term) => (term.kind === 'category' ? [{ ...term, ordered: false }] : [term])), { verb: 'monotonise', term: ['grade'], direction: 'increasing' }],
    ['not-possible', editableModel(9, 'multiclass'), { verb: 'monotonise', term: ['x'], direction: 'increasing' }],
    ['term-gone', { ...editableModel(9), terms: [], trainer: 'trees', forest: { features: [{ kind: 'numeric', feature: 'x' }], trees: [[]], importance: [1] } }, edits[0]!],
  ])('an edit is flagged: %s', (reason, model, edit) => {
    const { model: same, replayed } = replayEdits(model, [edit])
    expect(replayed).toMatchObject([{ outcome: 'flagged', reason, edit }])
    expect(same).toEqual(model)
  })

  test('an edit after one that was flagged is still made', () => {
    const { replayed } = replayEdits(editableModel(9), [{ verb: 'remove', term: ['gone'] }, { verb: 'remove', term: ['x'] }, { verb: 'remove', term: ['x'] }])
    expect(replayed).toMatchObject([{ outcome: 'flagged', reason: 'feature-gone' }, { outcome: 'replayed' }, { outcome: 'flagged', reason: 'term-gone' }])
  })

  test('what holds already is said to, and stays an edit', () => {
    const { model: held } = expectAccepted(applyEdits(editableModel(9), [{ verb: 'monotonise', term: ['x'], direction: 'decreasing' }]))
    const { edits: _edits, unedited: _unedited, ...fitted } = held
    const again: ShapeEdit[] = [{ verb: 'monotonise', term: ['x'], direction: 'decreasing' }, { verb: 'scale', term: ['y'], factor: 1 }]
    const { model, replayed } = replayEdits(fitted, again)
    expect(replayed).toMatchObject([{ outcome: 'without-effect', reason: 'direction-held' }, { outcome: 'without-effect', reason: 'nothing-to-change' }])
    expect(model.terms).toEqual(fitted.terms)
    expect(model.edits).toHaveLength(2)
  })
})
