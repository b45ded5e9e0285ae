import { expect, test } from 'vitest'
import type { Target } from '#ml/table'
import { workBudget } from './work-budget.ts'

function regression(rows: number): Target {
  return { task: 'regression', values: new Float64Array(rows) }
}

test('an ordinary table is measured in full, without notes', () => {
  expect(workBudget(regression(5_000), 20)).toEqual({ folds: 5, crossValidationRows: 5_000, foldBags: null, notes: [] })
})

test('a larger one has fewer bags inside the folds, and the card says so', () => {
  const budget = workBudget(regression(30_000), 14)
  expect(budget).toMatchObject({ folds: 5, foldBags: 4, crossValidationRows: 30_000 })
  expect(budget.notes.join(' ')).toContain('4 bags')
})

test('many rows are sampled for cross-validation', () => {
  const budget = workBudget(regression(1_000_000), 14)
  expect(budget.crossValidationRows).toBe(100_000)
  expect(budget.notes.join(' ')).toContain('100,000 rows drawn from the 1,000,000 training rows')
})

test('many columns or classes have three folds', () => {
  expect(workBudget(regression(2_000), 300).folds).toBe(3)
  const classes = Array.from({ length: 100 }, (_, k) => `class ${k}`)
  const many = workBudget({ task: 'multiclass', classes, codes: new Int32Array(20_000) }, 20)
  expect(many).toMatchObject({ folds: 3, crossValidationRows: 6_000 })
  expect(many.notes.join(' ')).toContain('20 columns × 100 classes')
})
