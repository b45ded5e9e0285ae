import { expect, test } from 'vitest'
import type { Target } from '#ml/table'
import { type FoldRequest, makeTrainingFolds } from './make-training-folds.ts'

function request(target: Target, change: Partial<FoldRequest> = {}): FoldRequest {
  const rows = target.task === 'regression' ? target.values.length : target.codes.length
  return {
    target,
    groups: Int32Array.from({ length: rows }, (_, row) => row),
    times: null,
    grouped: false,
    folds: 5,
    rows: 1e6,
    seed: 1,
    ...change,
  }
}

const classes: Target = {
  task: 'binary',
  classes: ['no', 'yes'],
  codes: Int32Array.from({ length: 200 }, (_, row) => (row % 10 === 0 ? 1 : 0)),
}

test('every row is judged once, and every fold has its share of a rare class', () => {
  const folds = makeTrainingFolds(request(classes))
  expect(folds).toHaveLength(5)
  expect(folds.flatMap((fold) => [...fold.test]).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 200 }, (_, row) => row),
  )
  for (const fold of folds) expect([...fold.test].filter((row) => row % 10 === 0)).toHaveLength(4)
})

test('copies of a row stay on one side', () => {
  const groups = Int32Array.from({ length: 200 }, (_, row) => row >> 1)
  for (const fold of makeTrainingFolds(request(classes, { groups }))) {
    const tested = new Set([...fold.test].map((row) => groups[row]))
    expect([...fold.train].some((row) => tested.has(groups[row]))).toBe(false)
  }
})

test('chosen groups stay on one side', () => {
  const groups = Int32Array.from({ length: 200 }, (_, row) => row % 7)
  const folds = makeTrainingFolds(request(classes, { groups, grouped: true }))
  expect(folds).toHaveLength(5)
  for (const fold of folds) {
    const tested = new Set([...fold.test].map((row) => groups[row]))
    expect([...fold.train].some((row) => tested.has(groups[row]))).toBe(false)
  }
})

test('folds by time learn on earlier rows only, rows without a time among the earliest', () => {
  const times = Float64Array.from({ length: 200 }, (_, row) => (row < 3 ? -Infinity : (row * 37) % 200))
  for (const fold of makeTrainingFolds(request(classes, { times }))) {
    const last = Math.max(...[...fold.train].map((row) => times[row] ?? 0))
    expect(Math.min(...[...fold.test].map((row) => times[row] ?? 0))).toBeGreaterThan(last)
  }
})

test('a large table is sampled, the same rows for the same seed', () => {
  const folds = makeTrainingFolds(request(classes, { rows: 50 }))
  expect(folds.reduce((sum, fold) => sum + fold.test.length, 0)).toBe(50)
  expect(makeTrainingFolds(request(classes, { rows: 50 }))).toEqual(folds)
  expect(makeTrainingFolds(request(classes, { rows: 50, seed: 2 }))).not.toEqual(folds)
})
