import { expect, test } from 'vitest'
import { applyEdits } from '#ml/apply-edits'
import { drawEdit, editableModel } from '#ml/editable-model.testkit'
import type { Model } from '#ml/model'
import { seededRandom } from '#ml/random'
import { expectAccepted, isRefusal } from '#ml/refusal'
import type { ShapeEdit } from '#ml/shape-edit'
import { uneditedModel } from '#ml/unedited-model'
import { shapeEditSchema } from './edit-schema.ts'
import { modelSchema } from './model-schema.ts'

function editedModel(seed: number): Model {
  const random = seededRandom(seed)
  const fitted = editableModel(seed, (['regression', 'binary', 'multiclass'] as const)[seed % 3])
  let model = fitted
  for (let i = 0; i < 5; i++) {
    const longer = applyEdits(model, [...(model.edits ?? []), drawEdit(fitted, random)])
    if (!isRefusal(longer)) model = longer.model
  }
  return model
}

test('an edited model is read as it was written, and so is the way back', () => {
  const verbs = new Set<string>()
  for (let seed = 1; seed <= 60; seed++) {
    const model = editedModel(seed)
    for (const { verb } of model.edits ?? []) verbs.add(verb)
    const read = modelSchema.parse(JSON.parse(JSON.stringify(model)))
    expect(read).toEqual(model)
    expect(modelSchema.parse(JSON.parse(JSON.stringify(uneditedModel(read))))).toEqual(uneditedModel(model))
  }
  expect([...verbs].sort()).toEqual(['cap', 'flatten', 'merge-bins', 'monotonise', 'remove', 'scale', 'smooth'])
})

test('an edit of a strange form is refused by its place', () => {
  const issues = (edit: unknown): string => shapeEditSchema.safeParse(edit).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n') ?? ''
  const flatten: ShapeEdit = { verb: 'flatten', term: ['x'], where: [{ feature: 'x', ranges: [{ from: null, to: 1 }] }] }
  expect(issues(flatten)).toBe('')
  expect(issues({ ...flatten, verb: 'bend' })).toContain('verb')
  expect(issues({ ...flatten, term: [] })).toContain('term')
  expect(issues({ ...flatten, bins: [1] })).toContain('bins')
  expect(issues({ ...flatten, where: [{ feature: 'x', ranges: [{ from: 'a', to: 1 }] }] })).toContain('where.0.ranges.0.from')
  expect(issues({ verb: 'merge-bins', term: ['x'], where: [] })).toContain('where')
  expect(issues({ verb: 'scale', term: ['x'], factor: Number.POSITIVE_INFINITY })).toContain('factor')
})

test('a model whose edits could not be taken back is refused', () => {
  const model = expectAccepted(applyEdits(editableModel(3), [{ verb: 'scale', term: ['y'], factor: 2 }, { verb: 'remove', term: ['x'] }])).model
  const issues = (changed: object): string => modelSchema.safeParse({ ...model, ...changed }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n') ?? ''
  const unedited = model.unedited!
  expect(issues({})).toBe('')
  expect(issues({ unedited: undefined })).toContain('unedited')
  const { unedited: _gone, ...without } = model
  expect(modelSchema.safeParse(without).error?.issues[0]?.message).toContain('edits come with what they changed')
  const { edits: _edits, ...unlisted } = model
  expect(modelSchema.safeParse(unlisted).error?.issues[0]?.message).toContain('comes with the edits')
  expect(issues({ unedited: { ...unedited, intercepts: [] } })).toContain('unedited.intercepts: expected 1 numbers')
  const [first, second] = unedited.terms
  expect(issues({ unedited: { ...unedited, terms: [second, first] } })).toContain('unedited.terms.1.place: expected ascending places from 0 to 6, received 0')
  expect(issues({ unedited: { ...unedited, terms: [first, { ...second, place: 7 }] } })).toContain('unedited.terms.1.place')
  expect(issues({ unedited: { ...unedited, terms: [{ ...first, term: { ...first!.term, weight: [1] } }, second] } })).toContain('unedited.terms.0.term.weight')
  expect(issues({ version: 1 })).not.toBe('')
})
