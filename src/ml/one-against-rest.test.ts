import { expect, test } from 'vitest'
import golden from '../../tests/golden/ml-judgement.json' with { type: 'json' }
import { judgeClasses } from './one-against-rest.ts'

const { oneAgainstRest } = golden
const codes = Int32Array.from(oneAgainstRest.codes)
const probabilities = oneAgainstRest.probabilities.map((values) => Float64Array.from(values))

test('every class has the measures of scikit-learn', () => {
  const found = judgeClasses({ task: 'multiclass', codes, classes: ['a', 'b', 'c'] }, { task: 'multiclass', probabilities })
  for (const [k, { recall, rows, ...expected }] of oneAgainstRest.classes.entries()) {
    const own = found[k]!
    expect(own.rows).toBe(rows)
    expect(own.recall?.value).toBeCloseTo(recall, 12)
    for (const [name, value] of Object.entries(expected)) expect(own[name as 'auc']).toBeCloseTo(value, 12)
  }
  expect(found.reduce((sum, { called }) => sum + called, 0)).toBe(codes.length)
  expect(found.reduce((sum, { bias }) => sum + bias, 0)).toBeCloseTo(probabilities.flatMap((p) => [...p]).reduce((a, b) => a + b, 0) / codes.length - 1, 12)
})

test('a class without rows has what is defined of it', () => {
  const target = { task: 'multiclass', codes: Int32Array.of(0, 1), classes: ['a', 'b', 'c'] } as const
  const said = [Float64Array.of(0.6, 0.2), Float64Array.of(0.3, 0.7), Float64Array.of(0.1, 0.1)]
  const [, , last] = judgeClasses(target, { task: 'multiclass', probabilities: said })
  expect(last).toMatchObject({ rows: 0, called: 0, auc: null, averagePrecision: null, precision: null, recall: null, f1: 0 })
  expect(last?.brier).toBeCloseTo(0.01, 12)
})
