import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits } from './apply-edits.ts'
import { CITIES, editableModel, editableTable } from './editable-model.testkit.ts'
import type { AppliedEdit } from './edit-draft.ts'
import { type CategoryTerm, type Model, nameOfTerm, type NumericTerm, type PairTerm, type SlopeTerm, slotsOfAxis } from './model.ts'
import { scoreRows } from './predict.ts'
import { expectAccepted, isRefusal, type RefusalCode } from './refusal.ts'
import type { ShapeEdit } from './shape-edit.ts'
import { smoothWhittaker } from './smooth-whittaker.ts'

const curve: NumericTerm = {
  kind: 'numeric',
  feature: 'age',
  edges: [20, 30, 40, 50],
  scores: [[-1, 1, 0, 2, -0.5]],
  deviation: [[0.1, 0.2, 0.3, 0.4, 0.5]],
  lower: [[-1.2, 0.7, -0.6, 1.1, -1.6]],
  upper: [[-0.8, 1.4, 0.7, 2.9, 0.6]],
  weight: [10, 20, 30, 0, 40],
  missing: [0.3],
  missingWeight: 33,
  importance: 0.5,
  importanceInterval: [0.4, 0.6],
}

function modelWith(...terms: Model['terms']): Model {
  return { format: 'signalbox-model', version: 2, trainer: 'glassbox', task: 'regression', link: 'identity', intercepts: [5], terms, training: { rows: 133, seed: 1 } }
}

function editCurve(edit: ShapeEdit, term = curve): { term: NumericTerm; intercept: number; applied: AppliedEdit } {
  const { model, applied } = expectAccepted(applyEdits(modelWith(term), [edit]))
  return { term: model.terms[0] as NumericTerm, intercept: model.intercepts[0]!, applied: applied[0]! }
}

/** Numbers with the constant that went to the intercept put back, so that they can be read against the fitted ones. */
function readable(values: readonly number[], intercept: number): number[] {
  return values.map((value) => Number((value + intercept - 5).toFixed(10)))
}

describe('flatten', () => {
  test('gives a range the mean over its rows, and the mean of its bands', () => {
    const { term, intercept, applied } = editCurve({ verb: 'flatten', term: ['age'], where: [{ feature: 'age', ranges: [{ from: 20, to: 50 }] }] })
    const mean = (1 * 20 + 0 * 30 + 2 * 0) / 50
    expect(readable(term.scores[0]!, intercept)).toEqual([-1, mean, mean, mean, -0.5])
    expect(term.deviation[0]).toEqual([0.1, 0.26, 0.26, 0.26, 0.5])
    const down = (0.3 * 20 + 0.6 * 30) / 50
    expect(readable(term.lower![0]!, intercept)).toEqual([-1.2, mean - down, mean - down, mean - down, -1.6].map((value) => Number(value.toFixed(10))))
    expect(applied.change).toMatchObject({ rows: 50, bins: 3, lostDirections: [], alsoReadBy: [] })
    expect(applied.change.meanAbsoluteChange).toBeCloseTo((0.6 * 20 + 0.4 * 30) / 133, 12)
    expect(term.importanceInterval).toBeUndefined()
  })

  test('takes a given value, and the missing value with it', () => {
    const { term, intercept } = editCurve({ verb: 'flatten', term: ['age'], value: 0.25, where: [{ feature: 'age', ranges: [{ from: null, to: 20 }, { from: 50, to: null }], missing: true }] })
    expect(readable(term.scores[0]!, intercept)).toEqual([0.25, 1, 0, 2, 0.25])
    expect(readable(term.missing, intercept)).toEqual([0.25])
  })
})

test('cap moves what lies outside with its band', () => {
  const { term, intercept } = editCurve({ verb: 'cap', term: ['age'], low: -0.75, high: 1 })
  expect(readable(term.scores[0]!, intercept)).toEqual([-0.75, 1, 0, 1, -0.5])
  expect(readable(term.lower![0]!, intercept)).toEqual([-0.95, 0.7, -0.6, 0.1, -1.6])
})

describe('scale', () => {
  test('by a negative factor turns curve, band, direction and the interval of importance', () => {
    const rising: NumericTerm = { ...curve, scores: [[-1, 0, 0.25, 0.5, 1]], missing: [-37.5 / 33], monotone: 'increasing' }
    const { term } = editCurve({ verb: 'scale', term: ['age'], factor: -2 }, rising)
    expect(term.monotone).toBe('decreasing')
    expect(term.scores[0]!.map((score) => Number(score.toFixed(10)))).toEqual([2, 0, -0.5, -1, -2])
    expect([term.lower![0]![0], term.upper![0]![0]].map((end) => Number(end!.toFixed(10)))).toEqual([1.6, 2.4])
    expect(term.deviation[0]).toEqual([0.2, 0.4, 0.6, 0.8, 1])
    expect(term.importanceInterval).toEqual([0.8, 1.2])
  })

  test('of a straight line scales all of it, and tells the change', () => {
    const line: SlopeTerm = { kind: 'slope', feature: 'age', mean: 40, scale: 10, slope: [0.2], shift: [0.1], missing: [-0.4], missingWeight: 3, importance: 1.5, importanceInterval: [1, 2] }
    const { model, applied } = expectAccepted(applyEdits(modelWith(line), [{ verb: 'scale', term: ['age'], factor: -0.5 }]))
    expect(model.terms).toEqual([{ ...line, slope: [-0.1], shift: [-0.05], missing: [0.2], importance: 0.75, importanceInterval: [0.5, 1] }])
    expect(applied[0]!.change).toMatchObject({ meanAbsoluteChange: 2.25, rows: 133 })
  })
})

describe('monotonise', () => {
  test('is exactly monotone, and done twice the same to the last bit', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('increasing', 'decreasing', 'auto'), fc.constantFrom<['x' | 'x × grade', string | undefined]>(['x', undefined], ['x × grade', 'x'], ['x × grade', 'grade']), (seed, direction, [name, along]) => {
        const model = editableModel(seed)
        const edit: ShapeEdit = { verb: 'monotonise', term: name === 'x' ? ['x'] : ['x', 'grade'], direction, ...(along ? { along } : {}) }
        const { model: once } = expectAccepted(applyEdits(model, [edit]))
        const resolved = once.edits![0]!
        const { model: twice, applied } = expectAccepted(applyEdits(model, [edit, edit]))
        expect(JSON.stringify([twice.terms, twice.intercepts])).toBe(JSON.stringify([once.terms, once.intercepts]))
        expect(applied[1]!.change.bins).toBe(0)
        const term = once.terms.find((one) => nameOfTerm(one) === name) as NumericTerm | PairTerm
        const flag = term.kind === 'pair' ? term.axes.find(({ feature }) => feature === along)!.monotone : term.monotone
        expect(resolved).toMatchObject({ direction: flag })
        expect(flag).toMatch(direction === 'auto' ? /creasing/ : direction)
        for (const line of linesOfTerm(term, along)) {
          for (let i = 1; i < line.length; i++) expect(flag === 'increasing' ? line[i]! >= line[i - 1]! : line[i]! <= line[i - 1]!).toBe(true)
        }
      }),
      { numRuns: 150 },
    )
  })

  test('of a part leaves the rest, and claims a direction only where the whole curve has it', () => {
    const part: ShapeEdit = { verb: 'monotonise', term: ['age'], direction: 'increasing', where: [{ feature: 'age', ranges: [{ from: null, to: 40 }] }] }
    const { term, intercept } = editCurve(part)
    expect(readable(term.scores[0]!, intercept)).toEqual([-1, 0.4, 0.4, 2, -0.5])
    expect(term.monotone).toBeUndefined()
    const whole = editCurve({ ...part, where: [{ feature: 'age', ranges: [{ from: null, to: null }] }] })
    expect(whole.term.monotone).toBe('increasing')
    const rising: NumericTerm = { ...curve, scores: [[-1, 0, 0.25, 0.5, 1]], missing: [-37.5 / 33], monotone: 'increasing' }
    const against = editCurve({ ...part, direction: 'decreasing' }, rising)
    expect(readable(against.term.scores[0]!, against.intercept)).toEqual([-1 / 24, -1 / 24, -1 / 24, 0.5, 1].map((score) => Number(score.toFixed(10))))
    expect(against.term.monotone).toBe('increasing')
  })

  test('an edit that breaks a direction says so', () => {
    const { model } = expectAccepted(applyEdits(modelWith(curve), [{ verb: 'monotonise', term: ['age'], direction: 'decreasing' }]))
    const { edits: _edits, unedited: _unedited, ...held } = model
    const { model: broken, applied } = expectAccepted(applyEdits(held, [{ verb: 'flatten', term: ['age'], value: 9, where: [{ feature: 'age', ranges: [{ from: 50, to: null }] }] }]))
    expect(applied[0]!.change.lostDirections).toEqual(['age'])
    expect(broken.terms[0]).not.toHaveProperty('monotone')
  })
})

function linesOfTerm(term: NumericTerm | PairTerm, along: string | undefined): number[][] {
  if (term.kind === 'numeric') return term.scores
  const [first, second] = term.axes.map(slotsOfAxis) as [number, number]
  const grid = Array.from({ length: first }, (_, i) => term.scores[0]!.slice(i * second, (i + 1) * second))
  if (along === term.axes[0].feature) return Array.from({ length: second }, (_, j) => grid.slice(1).map((row) => row[j]!))
  // Slots 0 and 1 of grades are missing and unseen ones.
  return grid.map((row) => row.slice(2))
}

describe('merge-bins', () => {
  test('makes one bin of neighbours, with the mean over their rows and all their rows', () => {
    const { term, intercept } = editCurve({ verb: 'merge-bins', term: ['age'], where: [{ feature: 'age', ranges: [{ from: 20, to: 50 }] }] })
    expect(term.edges).toEqual([20, 50])
    expect(term.weight).toEqual([10, 50, 40])
    expect(readable(term.scores[0]!, intercept)).toEqual([-1, 0.4, -0.5])
    expect(term.deviation[0]).toEqual([0.1, 0.26, 0.5])
  })

  test('makes one bin of levels that are no neighbours, and predicts as flattening them', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const model = editableModel(seed, 'binary')
      for (const edit of [
        { term: ['city'], where: [{ feature: 'city', levels: ['Bern', 'Rome', 'Wien'] }] },
        { term: ['city', 'y'], where: [{ feature: 'city', levels: ['Bern', 'Lyon', 'Oslo'] }] },
        { term: ['grade'], where: [{ feature: 'grade', levels: ['b', 'c', 'd', 'e'] }] },
        { term: ['x', 'grade'], where: [{ feature: 'grade', levels: ['d', 'e', 'f'] }] },
      ] as const) {
        const { model: merged } = expectAccepted(applyEdits(model, [{ verb: 'merge-bins', ...edit }]))
        const table = editableTable(model, 80, seed)
        const name = edit.term.join(' × ')
        const term = merged.terms.find((one) => nameOfTerm(one) === name) as CategoryTerm | PairTerm
        const fitted = model.terms.find((one) => nameOfTerm(one) === name) as CategoryTerm | PairTerm
        expect(term.weight.length).toBeLessThan(fitted.weight.length)
        if (edit.term.length === 2) continue
        const { model: flat } = expectAccepted(applyEdits(model, [{ verb: 'flatten', ...edit }]))
        const [one, other] = [expectAccepted(scoreRows(merged, table))[0]!, expectAccepted(scoreRows(flat, table))[0]!]
        for (const [row, score] of one.entries()) expect(Math.abs(score - other[row]!)).toBeLessThan(1e-12)
      }
    }
  })

  test('on a pair merges line by line: each cell of the new bin is the mean of its line', () => {
    const pair: PairTerm = {
      kind: 'pair',
      axes: [{ kind: 'numeric', feature: 'age', edges: [20, 30] }, { kind: 'category', feature: 'city', levels: CITIES.slice(0, 2), slots: [1, 2], unseen: 2, size: 3 }],
      scores: [[0, 0, 0, 0, 1, 2, 0, 3, 6, 0, 0, 0]],
      deviation: [[0, 0, 0, 0, 1, 1, 0, 2, 2, 0, 0, 0]],
      weight: [0, 0, 0, 0, 10, 10, 0, 10, 30, 0, 0, 0],
      importance: 1,
    }
    const { model } = expectAccepted(applyEdits(modelWith(pair), [{ verb: 'merge-bins', term: ['city', 'age'], where: [{ feature: 'age', ranges: [{ from: null, to: 30 }] }] }]))
    const [term] = model.terms as [PairTerm]
    expect(term.axes[0]).toEqual({ kind: 'numeric', feature: 'age', edges: [30] })
    expect(term.weight).toEqual([0, 0, 0, 0, 20, 40, 0, 0, 0])
    expect(readable(term.scores[0]!, model.intercepts[0]!)).toEqual([0, 0, 0, 0, 2, 5, 0, 0, 0])
    expect(term.deviation[0]).toEqual([0, 0, 0, 0, 1.5, 1.75, 0, 0, 0])
  })
})

describe('smooth', () => {
  test('keeps lines and the weighted mean, and gets closer to a line the stronger it is', () => {
    const values = Float64Array.of(0, 3, 1, 4, 2, 7, 5)
    const weights = Float64Array.of(5, 0, 9, 1, 4, 4, 2)
    const line = Float64Array.from(values, (_, i) => 0.3 * i - 1)
    for (const [i, value] of smoothWhittaker(line, weights, 1e6).entries()) expect(value).toBeCloseTo(line[i]!, 12)
    const mean = (of: Float64Array) => of.reduce((sum, value, i) => sum + value * weights[i]!, 0)
    const bend = (of: Float64Array) => [...of].slice(2).reduce((sum, value, i) => sum + (value - 2 * of[i + 1]! + of[i]!) ** 2, 0)
    let before = bend(values)
    for (const strength of [0.01, 1, 100, 1e4, 1e6]) {
      const found = smoothWhittaker(values, weights, strength)
      expect(mean(found)).toBeCloseTo(mean(values), 3)
      expect(bend(found)).toBeLessThan(before)
      before = bend(found)
    }
    expect(before).toBeLessThan(1e-9)
  })

  test('a bin without rows follows its neighbours, and no rows at all count alike', () => {
    const found = smoothWhittaker(Float64Array.of(0, 100, 2, 3), Float64Array.of(1, 0, 1, 1), 1)
    expect(found[1]).toBeCloseTo(1, 1)
    expect(smoothWhittaker(Float64Array.of(0, 4, 0), new Float64Array(3), 1)).toEqual(smoothWhittaker(Float64Array.of(0, 4, 0), Float64Array.of(7, 7, 7), 1))
  })
})

test('other terms that read the feature are named, for an edit of one curve does not hold in them', () => {
  const { applied } = expectAccepted(applyEdits(editableModel(1), [{ verb: 'scale', term: ['grade'], factor: 0.5 }, { verb: 'remove', term: ['x', 'grade'] }]))
  expect(applied.map(({ change }) => change.alsoReadBy)).toEqual([['x × grade'], ['x', 'grade']])
})

const inGrade = { term: ['grade'] } as const
const inX = { term: ['x'] } as const
const over = (feature: string, from: number | null, to: number | null) => [{ feature, ranges: [{ from, to }] }]

describe('is refused', () => {
  test.each<[RefusalCode, ShapeEdit, Model['task']?]>([
    ['edit-term-unknown', { verb: 'remove', term: ['q'] }],
    ['edit-term-unknown', { verb: 'remove', term: ['x', 'y'] }],
    ['edit-kind-differs', { verb: 'scale', ...inX, factor: 2, kind: 'category' }],
    ['edit-kind-differs', { verb: 'flatten', ...inX, where: [{ feature: 'x', levels: ['a'] }] }],
    ['edit-kind-differs', { verb: 'flatten', ...inX, where: [{ feature: 'x', unseen: true }] }],
    ['edit-kind-differs', { verb: 'flatten', ...inGrade, where: over('grade', 0, 1) }],
    ['edit-not-for-kind', { verb: 'flatten', term: ['z'], where: [{ feature: 'z', missing: true }] }],
    ['edit-not-for-kind', { verb: 'monotonise', term: ['city'], direction: 'auto' }],
    ['edit-not-for-kind', { verb: 'smooth', term: ['city', 'y'], along: 'city', strength: 1 }],
    ['edit-not-for-kind', { verb: 'scale', term: ['z'], factor: 2, class: 'low' }, 'multiclass'],
    ['edit-not-for-multiclass', { verb: 'monotonise', ...inX, direction: 'auto' }, 'multiclass'],
    ['edit-class-unknown', { verb: 'scale', ...inX, factor: 2, class: 'huge' }, 'multiclass'],
    ['edit-class-unknown', { verb: 'scale', ...inX, factor: 2, class: 'yes' }, 'binary'],
    ['edit-level-unknown', { verb: 'flatten', ...inGrade, where: [{ feature: 'grade', levels: ['a', 'q'] }] }],
    ['edit-levels-share-bin', { verb: 'flatten', ...inGrade, where: [{ feature: 'grade', levels: ['b', 'd'] }] }],
    ['edit-levels-share-bin', { verb: 'flatten', term: ['city', 'y'], where: [{ feature: 'city', levels: ['Rome', 'Wien'] }] }],
    ['edit-levels-share-bin', { verb: 'flatten', term: ['city', 'y'], where: [{ feature: 'city', unseen: true }] }],
    ['edit-range-empty', { verb: 'flatten', ...inX, where: over('x', 1e6, 2e6) }],
    ['edit-not-valid', { verb: 'flatten', ...inX, where: over('x', 2, 1) }],
    ['edit-not-valid', { verb: 'flatten', ...inX, where: over('x', Number.NaN, 1) }],
    ['edit-not-valid', { verb: 'flatten', ...inX, where: [] }],
    ['edit-not-valid', { verb: 'flatten', ...inX, where: [{ feature: 'x' }] }],
    ['edit-not-valid', { verb: 'flatten', ...inX, where: over('y', null, 0) }],
    ['edit-not-valid', { verb: 'flatten', ...inX, where: [...over('x', null, 0), ...over('x', 0, null)] }],
    ['edit-not-valid', { verb: 'flatten', ...inX, where: over('x', null, 0), value: Number.POSITIVE_INFINITY }],
    ['edit-not-valid', { verb: 'scale', ...inX, factor: Number.NaN }],
    ['edit-not-valid', { verb: 'scale', ...inX, factor: 1e308 }],
    ['edit-not-valid', { verb: 'scale', term: ['z'], factor: -1.7e308 }],
    ['edit-not-valid', { verb: 'cap', ...inX }],
    ['edit-not-valid', { verb: 'cap', ...inX, low: 1, high: 0 }],
    ['edit-not-valid', { verb: 'smooth', ...inX, strength: 0 }],
    ['edit-not-valid', { verb: 'smooth', ...inX, strength: 1e7 }],
    ['edit-not-valid', { verb: 'smooth', term: ['x', 'grade'], strength: 1 }],
    ['edit-not-valid', { verb: 'monotonise', ...inX, along: 'y', direction: 'auto' }],
    ['edit-not-valid', { verb: 'monotonise', ...inX, direction: 'auto', where: [{ feature: 'x', missing: true }] }],
    ['edit-not-valid', { verb: 'monotonise', ...inGrade, direction: 'auto', where: [{ feature: 'grade', levels: ['a', 'd'] }] }],
    ['edit-not-valid', { verb: 'merge-bins', ...inGrade, where: [{ feature: 'grade', levels: ['a', 'd'] }] }],
    ['edit-not-valid', { verb: 'merge-bins', ...inGrade, where: [{ feature: 'grade', levels: ['a'], missing: true }] }],
    ['edit-not-valid', { verb: 'merge-bins', term: ['city'], where: [{ feature: 'city', levels: ['Bern'], unseen: true }] }],
    ['edit-not-valid', { verb: 'merge-bins', term: ['city', 'y'], where: [{ feature: 'city', levels: ['Rome', 'Wien', 'Bern'], unseen: true }] }],
  ])('%s: %j', (code, edit, task = 'regression') => {
    const refusal = applyEdits(editableModel(5, task), [{ verb: 'scale', term: ['y'], factor: 1 }, edit])
    expect(isRefusal(refusal) && refusal.code).toBe(code)
    // The message says which edit, and of what.
    expect(isRefusal(refusal) && refusal.message).toMatch(`edit 2 (${edit.verb} "${edit.term.join(' × ')}"): `)
  })

  test('whatever speaks of a term that was removed, and every edit of trees', () => {
    const twice: ShapeEdit[] = [{ verb: 'remove', term: ['x'] }, { verb: 'scale', term: ['x'], factor: 2 }]
    expect(applyEdits(editableModel(1), twice)).toMatchObject({ code: 'edit-term-unknown', message: expect.stringContaining('removed by an edit before') })
    const trees: Model = { ...modelWith(), trainer: 'trees', forest: { features: [{ kind: 'numeric', feature: 'age' }], trees: [[]], importance: [1] } }
    expect(applyEdits(trees, [{ verb: 'remove', term: ['age'] }])).toMatchObject({ code: 'edit-term-unknown', message: expect.stringContaining('trees') })
  })
})
