import { expect, test } from 'vitest'
import type { CategoryTerm, Model, NumericTerm, PairTerm, SlopeTerm } from './model.ts'
import { shapes } from './shapes.ts'
import { termImportances } from './term-importances.ts'

const ofOne = { missing: [0.1], missingWeight: 2 }
const numeric: NumericTerm = {
  kind: 'numeric', feature: 'age', edges: [30], ...ofOne, importance: 1, importanceInterval: [0.5, 1.5],
  scores: [[-1, 1]], deviation: [[0.2, 0.3]], lower: [[-1.5, 0.5]], upper: [[-0.5, 1.5]], weight: [10, 20],
}
const category: CategoryTerm = {
  kind: 'category', feature: 'city', levels: ['Bern', 'Oslo', 'Rome'], bins: [1, 0, 1], unseen: [0.4], unseenWeight: 1, ...ofOne, importance: 3,
  scores: [[5, 6]], deviation: [[0, 0]], weight: [7, 8],
}
const slope: SlopeTerm = { kind: 'slope', feature: 'dose', mean: 2, scale: 3, slope: [4], shift: [5], ...ofOne, importance: 0.5 }
const pair: PairTerm = {
  kind: 'pair',
  axes: [
    { kind: 'category', feature: 'city', levels: ['Bern', 'Oslo'], slots: [2, 1], unseen: 2, size: 4 },
    { kind: 'numeric', feature: 'age', edges: [30, 60] },
  ],
  importance: 1.5, importanceInterval: [1, 2],
  scores: [Array.from({ length: 16 }, (_, i) => i)], deviation: [Array.from({ length: 16 }, () => 0.5)],
  lower: [Array.from({ length: 16 }, (_, i) => i - 1)], upper: [Array.from({ length: 16 }, (_, i) => i + 1)], weight: Array.from({ length: 16 }, (_, i) => 2 * i),
}
const model: Model = {
  format: 'signalbox-model', version: 2, trainer: 'glassbox', task: 'regression', link: 'identity', intercepts: [0],
  terms: [numeric, category, slope, pair], training: { rows: 40, seed: 1 },
}

test('every term has a shape with its share, the most important first', () => {
  const drawn = shapes(model)
  expect(drawn.map(({ name, share }) => [name, share])).toEqual([['city', 0.5], ['city × age', 0.25], ['age', 1 / 6], ['dose', 0.5 / 6]])
  expect(drawn.map(({ features }) => features)).toEqual([['city'], ['city', 'age'], ['age'], ['dose']])
})

test('a curve has its band and the interval of its importance where the model has them, and else neither', () => {
  const [city, , age] = shapes(model)
  expect(age).toMatchObject({
    importanceInterval: [0.5, 1.5],
    points: [
      { from: null, to: 30, scores: [-1], deviation: [0.2], lower: [-1.5], upper: [-0.5], weight: 10 },
      { from: 30, to: null, scores: [1], deviation: [0.3], lower: [0.5], upper: [1.5], weight: 20 },
    ],
    missing: { scores: [0.1], weight: 2 },
  })
  expect(city).toMatchObject({ points: [{ levels: ['Oslo'], scores: [5], weight: 7 }, { levels: ['Bern', 'Rome'], scores: [6], weight: 8 }], unseen: { scores: [0.4], weight: 1 } })
  expect(Object.keys(city ?? {})).not.toContain('importanceInterval')
  if (city?.kind !== 'category') throw new Error('expected levels')
  expect(Object.keys(city.points[0] ?? {})).not.toContain('lower')
})

test('a pair is a grid: each side says what its slots hold, missing and unseen apart, in the order of the cells', () => {
  const grid = shapes(model)[1]
  if (grid?.kind !== 'pair') throw new Error('expected a grid')
  expect(grid.axes[0]).toEqual({ feature: 'city', slots: [{ kind: 'missing' }, { kind: 'levels', levels: ['Oslo'], unseen: false }, { kind: 'levels', levels: ['Bern'], unseen: true }, { kind: 'levels', levels: [], unseen: false }] })
  expect(grid.axes[1]).toEqual({ feature: 'age', slots: [{ kind: 'missing' }, { kind: 'range', from: null, to: 30 }, { kind: 'range', from: 30, to: 60 }, { kind: 'range', from: 60, to: null }] })
  expect(grid).toMatchObject({ importance: 1.5, importanceInterval: [1, 2], scores: pair.scores, deviation: pair.deviation, lower: pair.lower, upper: pair.upper, weight: pair.weight })
  const apart = shapes({ ...model, terms: [{ ...pair, axes: [{ ...pair.axes[0], unseen: 3 } as PairTerm['axes'][0], pair.axes[1]] }] })[0]
  expect(apart?.kind === 'pair' && apart.axes[0].slots[3]).toEqual({ kind: 'unseen' })
})

test('importances list terms and features of trees alike, the largest first', () => {
  expect(termImportances(model).map(({ name, importance, interval }) => [name, importance, interval])).toEqual([
    ['city', 3, undefined], ['city × age', 1.5, [1, 2]], ['age', 1, [0.5, 1.5]], ['dose', 0.5, undefined],
  ])
  const forest = { features: [{ kind: 'numeric', feature: 'a' }, { kind: 'numeric', feature: 'b' }] as const, trees: [[]], importance: [1, 2] }
  expect(termImportances({ ...model, terms: [], forest: { ...forest, features: [...forest.features] } })).toEqual([
    { name: 'b', features: ['b'], importance: 2 }, { name: 'a', features: ['a'], importance: 1 },
  ])
})
