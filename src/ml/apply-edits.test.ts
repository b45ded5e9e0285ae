import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits } from './apply-edits.ts'
import { drawEdit, editableModel, editableTable, selectsRow } from './editable-model.testkit.ts'
import { importanceOf, openSurface } from './edit-surface.ts'
import { explain } from './explain.ts'
import { fitModel } from './fit-model.ts'
import { type Model, nameOfTerm, type NumericTerm, type Term } from './model.ts'
import { scoreRows } from './predict.ts'
import { seededRandom } from './random.ts'
import { expectAccepted, isRefusal } from './refusal.ts'
import { replayEdits } from './replay-edits.ts'
import type { ShapeEdit } from './shape-edit.ts'
import { makeSynthetic } from './synthetic.testkit.ts'
import { uneditedModel } from './unedited-model.ts'

const tasks = ['regression', 'binary', 'multiclass'] as const
const ROWS = 150

/** Runs a law on many drawn models with one drawn edit each. */
function onDrawnEdits(law: (drawn: { model: Model; edit: ShapeEdit; seed: number }) => void, runs = 300): void {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = seededRandom(seed)
      const model = editableModel(seed, tasks[random.below(3)])
      law({ model, edit: drawEdit(model, random), seed })
    }),
    { numRuns: runs },
  )
}

/** Edits one after another as far as they are accepted: a later one may speak of what an earlier one took away. */
function drawList(model: Model, seed: number): ShapeEdit[] {
  const random = seededRandom(seed, 5)
  const list: ShapeEdit[] = []
  for (let i = 0; i < 6; i++) {
    const longer = applyEdits(model, [...list, drawEdit(model, random)])
    if (!isRefusal(longer)) list.splice(0, list.length, ...(longer.model.edits ?? []))
  }
  return list
}

function termCalled(model: Model, name: string): Term {
  const found = model.terms.find((term) => nameOfTerm(term) === name)
  if (!found) throw new Error(`no term ${name}`)
  return found
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) freeze(member)
    Object.freeze(value)
  }
  return value
}

describe('after any edit', () => {
  test('rows and classes that it does not select have the score that they had, to 1e-12', () => {
    const seen = new Set<string>()
    onDrawnEdits(({ model, edit, seed }) => {
      const table = editableTable(model, ROWS, seed)
      const { model: edited } = expectAccepted(applyEdits(model, [edit]))
      const [before, after] = [expectAccepted(scoreRows(model, table)), expectAccepted(scoreRows(edited, table))]
      for (let row = 0; row < ROWS; row++) {
        const outside = !selectsRow(edit, table, row)
        if (outside) seen.add(`${edit.verb} ${edit.term.length}`)
        for (const [k, scores] of before.entries()) {
          const elsewhere = 'class' in edit && edit.class !== undefined && model.classes?.[k] !== edit.class
          if (outside || elsewhere) expect(Math.abs(after[k]![row]! - scores[row]!)).toBeLessThan(1e-12)
        }
      }
    }, 500)
    // Guards the oracle: every verb that can leave rows alone did so, on terms of one and of two features.
    for (const verb of ['flatten', 'cap', 'merge-bins', 'monotonise', 'smooth']) for (const size of [1, 2]) expect(seen).toContain(`${verb} ${size}`)
  })

  test('only its term speaks otherwise, and contributions add up to the score to the last bit', () => {
    onDrawnEdits(({ model, edit, seed }) => {
      const table = editableTable(model, 6, seed)
      const { model: edited } = expectAccepted(applyEdits(model, [edit]))
      for (let row = 0; row < table.rows; row++) {
        const [before, after] = [expectAccepted(explain(model, table, row)), expectAccepted(explain(edited, table, row))]
        const sums = [...after.intercepts]
        for (const { contributions } of after.contributions) for (const [k, part] of contributions.entries()) sums[k] = sums[k]! + part
        expect(after.scores).toEqual(sums)
        const name = nameOfTerm(model.terms.find((term) => nameOfTerm(term) === edit.term.join(' × '))!)
        const others = ({ contributions }: typeof after) => contributions.filter((one) => one.name !== name)
        expect(others(after)).toEqual(others(before))
      }
    }, 150)
  })

  test('every term has mean zero over its training rows, and the importance that its scores say', () => {
    onDrawnEdits(({ model, seed }) => {
      for (const term of expectAccepted(applyEdits(model, drawList(model, seed))).model.terms) {
        if (term.kind === 'slope') continue
        const surface = openSurface(term)
        // A drawn term may have no row at all.
        const rows = Math.max(1, surface.weight.reduce((sum, weight) => sum + weight, 0))
        for (const scores of surface.scores) expect(scores.reduce((sum, score, cell) => sum + score * surface.weight[cell]!, 0) / rows).toBeCloseTo(0, 12)
        expect(term.importance).toBeCloseTo(importanceOf(surface), 12)
      }
    }, 100)
  })

  test('directions that a term claims hold exactly, bands surround their scores, and weights still count all rows', () => {
    onDrawnEdits(({ model, seed }) => {
      const edited = expectAccepted(applyEdits(model, drawList(model, seed))).model
      for (const term of edited.terms) {
        if (term.kind === 'slope') continue
        const { scores, lower = [], upper = [], weight } = term
        const ends = (k: number, cell: number): [number, number] => [lower[k]![cell]!, upper[k]![cell]!]
        for (const [k, curve] of scores.entries()) {
          for (const [cell, score] of curve.entries()) {
            expect(ends(k, cell)[0]).toBeLessThanOrEqual(score + 1e-12)
            expect(ends(k, cell)[1]).toBeGreaterThanOrEqual(score - 1e-12)
            expect(term.deviation[k]![cell]!).toBeGreaterThanOrEqual(0)
          }
        }
        const fitted = termCalled(model, nameOfTerm(term))
        if (fitted.kind === 'slope') throw new Error('the term changed its kind')
        const total = (of: readonly number[]): number => of.reduce((sum, rows) => sum + rows, 0)
        expect(total(weight)).toBe(total(fitted.weight))
        if (term.kind !== 'pair' && term.monotone) {
          const rises = scores.flatMap((curve) => curve.slice(1).map((score, i) => score - curve[i]!))
          expect(rises.every((rise) => (term.monotone === 'increasing' ? rise >= 0 : rise <= 0))).toBe(true)
        }
      }
    }, 100)
  })
})

describe('a list of edits', () => {
  test('is the whole truth: applied again, replayed, or cut short on the edited model it gives the same bytes as on the fitted one', () => {
    onDrawnEdits(({ model, seed }) => {
      const text = JSON.stringify(model)
      freeze(model)
      const list = drawList(model, seed)
      const { model: edited } = expectAccepted(applyEdits(model, list))
      expect(JSON.stringify(model)).toBe(text)
      expect(JSON.stringify(uneditedModel(edited))).toBe(text)
      expect(JSON.stringify(expectAccepted(applyEdits(edited, [])).model)).toBe(text)
      expect(JSON.stringify(replayEdits(model, list).model)).toBe(JSON.stringify(edited))
      expect(JSON.stringify(replayEdits(edited, edited.edits ?? []).model)).toBe(JSON.stringify(edited))
      const shorter = list.slice(0, -1)
      expect(JSON.stringify(expectAccepted(applyEdits(edited, shorter)).model)).toBe(JSON.stringify(expectAccepted(applyEdits(model, shorter)).model))
    }, 120)
  })

  test('survives JSON with the same predictions and the same way back', () => {
    onDrawnEdits(({ model, seed }) => {
      const { model: edited } = expectAccepted(applyEdits(model, drawList(model, seed)))
      const read: Model = JSON.parse(JSON.stringify(edited))
      expect(read).toEqual(edited)
      const table = editableTable(model, 30, seed)
      expect(expectAccepted(scoreRows(read, table))).toEqual(expectAccepted(scoreRows(edited, table)))
      expect(uneditedModel(read)).toEqual(model)
    }, 60)
  })

  test('on a model of version 1 raises the version, and taking it back lowers it', () => {
    const first: Model = { ...editableModel(4), version: 1 }
    const { model: edited } = expectAccepted(applyEdits(first, [{ verb: 'remove', term: ['x'] }]))
    expect(edited.version).toBe(2)
    expect(uneditedModel(edited)).toEqual(first)
  })
})

describe('what changes nothing', () => {
  const sameTerms = (model: Model, edits: ShapeEdit[]): void => {
    const { model: edited, applied } = expectAccepted(applyEdits(model, edits))
    expect(edited.terms.every((term, i) => term === model.terms[i])).toBe(true)
    expect(edited.intercepts).toEqual(model.intercepts)
    expect(edited.unedited?.terms).toEqual([])
    expect(applied.every(({ change }) => change.rows === 0 && change.bins === 0 && change.meanAbsoluteChange === 0)).toBe(true)
  }

  test('is a scale by 1, a cap far away, and flattening what is flat', () => {
    onDrawnEdits(({ model, edit }) => {
      sameTerms(model, [{ verb: 'scale', term: edit.term, factor: 1 }])
      if (edit.term[0] !== 'z') sameTerms(model, [{ verb: 'cap', term: edit.term, low: -1e6, high: 1e6 }])
      if (edit.verb !== 'flatten') return
      const { model: flat } = expectAccepted(applyEdits(model, [edit]))
      const { edits: _edits, unedited: _unedited, ...plain } = flat
      const { value: _value, ...again } = edit
      sameTerms(plain, [again])
    })
  })
})

describe('removing', () => {
  test('predicts as the model without the term, to the last bit', () => {
    onDrawnEdits(({ model, edit, seed }) => {
      const table = editableTable(model, 40, seed)
      const { model: edited, applied } = expectAccepted(applyEdits(model, [{ verb: 'remove', term: edit.term }]))
      const without = { ...model, terms: model.terms.filter((term) => nameOfTerm(term) !== edit.term.join(' × ')) }
      expect(expectAccepted(scoreRows(edited, table))).toEqual(expectAccepted(scoreRows(without, table)))
      expect(applied[0]!.change.meanAbsoluteChange).toBeCloseTo(termCalled(model, edit.term.join(' × ')).importance, 12)
    }, 60)
  })

  test('of one class is a scale of 0', () => {
    const model = editableModel(3, 'multiclass')
    const edited = termCalled(expectAccepted(applyEdits(model, [{ verb: 'scale', term: ['x'], factor: 0, class: 'middle' }])).model, 'x') as NumericTerm
    const fitted = termCalled(model, 'x') as NumericTerm
    expect(edited.scores[1]!.every((score) => score === 0)).toBe(true)
    expect([edited.scores[0], edited.scores[2]]).toEqual([fitted.scores[0], fitted.scores[2]])
  })
})

test('on a fitted model the told change is that of the training rows, in every task', async () => {
  for (const task of tasks) {
    const { table, target } = makeSynthetic(task, 300)
    const model = expectAccepted(await fitModel({ trainer: 'glassbox-main', table, target, seed: 1 }))
    const edits: ShapeEdit[] = [
      { verb: 'flatten', term: ['x1'], where: [{ feature: 'x1', ranges: [{ from: 4, to: null }], missing: true }] },
      { verb: 'cap', term: ['city'], high: 0.2 },
      { verb: 'smooth', term: ['x2'], strength: 5 },
    ]
    for (const edit of edits) {
      const { model: edited, applied } = expectAccepted(applyEdits(model, [edit]))
      const [before, after] = [expectAccepted(scoreRows(model, table)), expectAccepted(scoreRows(edited, table))]
      const sizes = before.flatMap((scores, k) => [...scores].map((score, row) => Math.abs(after[k]![row]! - score)))
      const { meanAbsoluteChange, rows } = applied[0]!.change
      expect(meanAbsoluteChange).toBeGreaterThan(0.001)
      expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeCloseTo(meanAbsoluteChange, 10)
      const moved = Array.from({ length: table.rows }, (_, row) => before.some((scores, k) => Math.abs(after[k]![row]! - scores[row]!) > 1e-12))
      expect(rows).toBe(moved.filter(Boolean).length)
    }
  }
})
