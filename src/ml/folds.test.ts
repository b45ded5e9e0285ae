import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignFolds, dealFolds, makeFolds } from './folds.ts'
import type { ClassTarget, RegressionTarget } from './table.ts'

const values = (rows: number): RegressionTarget => ({ task: 'regression', values: new Float64Array(rows) })

describe('folds by chance', () => {
  test('every row is judged exactly once, by a model that did not learn from it', () => {
    fc.assert(
      fc.property(fc.nat(58), fc.integer({ min: 2, max: 8 }), fc.integer(), (more, folds, seed) => {
        const rows = more + 2
        const made = makeFolds(values(rows), { kind: 'random', folds, seed })
        expect(made.flatMap((fold) => [...fold.test]).sort((a, b) => a - b)).toEqual([...Array(rows).keys()])
        for (const fold of made) {
          expect(fold.train.length + fold.test.length).toBe(rows)
          expect(fold.train.some((row) => fold.test.includes(row))).toBe(false)
        }
      }),
    )
  })

  test('every fold has its share of a rare class', () => {
    const codes = Int32Array.from({ length: 100 }, (_, i) => (i < 10 ? 1 : 0))
    const target: ClassTarget = { task: 'binary', codes, classes: ['no', 'yes'] }
    for (const fold of makeFolds(target, { kind: 'random', folds: 5, seed: 3 })) {
      expect(fold.test.filter((row) => row < 10).length).toBe(2)
    }
  })

  test('the seed decides', () => {
    const plan = { kind: 'random', folds: 3, seed: 1 } as const
    expect(makeFolds(values(20), plan)).toEqual(makeFolds(values(20), plan))
    expect(makeFolds(values(20), { ...plan, seed: 2 })).not.toEqual(makeFolds(values(20), plan))
  })
})

test.each([assignFolds, dealFolds])('%o gives every fold as many rows of each class, but for one', (divide) => {
  fc.assert(
    fc.property(fc.array(fc.nat(2), { minLength: 2, maxLength: 90 }), fc.integer({ min: 2, max: 8 }), fc.integer(), (classes, folds, seed) => {
      const target: ClassTarget = { task: 'multiclass', codes: Int32Array.from(classes), classes: ['a', 'b', 'c'] }
      const assigned = divide(target, folds, seed)
      expect(divide(target, folds, seed)).toEqual(assigned)
      for (let code = 0; code < 3; code++) {
        const counts = Array.from({ length: folds }, (_, fold) => classes.filter((own, row) => own === code && assigned[row] === fold).length)
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
      }
    }),
  )
})

test('rows that are dealt in their order fall into every fold all along the table', () => {
  const assigned = dealFolds(values(800), 8, 4)
  for (let start = 0; start < 800; start += 8) expect([...assigned.slice(start, start + 8)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(dealFolds(values(800), 8, 5)).not.toEqual(assigned)
})

test('repeats deal the rows anew; the first is the division without repeats', () => {
  const plan = { kind: 'random', folds: 4, seed: 5 } as const
  const made = makeFolds(values(42), { ...plan, repeats: 3 })
  expect(made.length).toBe(12)
  expect(made.slice(0, 4)).toEqual(makeFolds(values(42), plan))
  for (const start of [0, 4, 8]) {
    const tested = made.slice(start, start + 4).flatMap(({ test: rows }) => [...rows])
    expect(tested.sort((a, b) => a - b)).toEqual([...Array(42).keys()])
  }
  expect(new Set(made.map(({ test: rows }) => rows.join())).size).toBe(12)
})

test('a group is never on both sides', () => {
  const groups = Int32Array.from({ length: 90 }, (_, i) => i % 13)
  const folds = makeFolds(values(90), { kind: 'grouped', folds: 4, seed: 1, groups })
  expect(folds.length).toBe(4)
  for (const fold of folds) {
    const inside = new Set([...fold.test].map((row) => groups[row]))
    expect(fold.train.some((row) => inside.has(groups[row]))).toBe(false)
  }
})

test('by time the future is judged and rows of one moment stay together', () => {
  const times = Float64Array.from({ length: 50 }, (_, i) => Math.floor((49 - i) / 3))
  const folds = makeFolds(values(50), { kind: 'time', folds: 4, times })
  expect(folds.length).toBeGreaterThan(2)
  for (const fold of folds) {
    const latest = Math.max(...[...fold.train].map((row) => times[row]!))
    expect(Math.min(...[...fold.test].map((row) => times[row]!))).toBeGreaterThan(latest)
  }
})
