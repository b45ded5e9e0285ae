import { expect, test } from 'vitest'
import golden from '../../tests/golden/ml-judgement.json' with { type: 'json' }
import { compareMeans, sumSample, withoutSample } from './welch.ts'

test('difference, interval and one-sided probability are those of scipy', () => {
  for (const { first, second, ...expected } of golden.welch) {
    const found = compareMeans(first, second)
    expect(found.statistic).toBeCloseTo(expected.statistic, 9)
    expect(found.probability).toBeCloseTo(expected.probability, 9)
    expect(found.low).toBeCloseTo(expected.low, 9)
    expect(found.high).toBeCloseTo(expected.high, 9)
  }
})

test('a very small probability does not become zero', () => {
  const found = compareMeans({ rows: 300, sum: 300, squares: 400 }, { rows: 300, sum: 0, squares: 100 })
  expect(found.probability).toBeGreaterThan(0)
  expect(found.probability).toBeLessThan(1e-60)
})

test('samples that do not spread differ for certain or not at all', () => {
  const ones = sumSample([1, 1, 1])
  expect(compareMeans(ones, ones)).toEqual({ difference: 0, low: 0, high: 0, statistic: 0, probability: 0.5 })
  expect(compareMeans(sumSample([2, 2]), ones)).toMatchObject({ difference: 1, low: 1, high: 1, probability: 0 })
  expect(compareMeans(ones, sumSample([2, 2]))).toMatchObject({ difference: -1, probability: 1 })
})

test('a sample without a part is the rest', () => {
  expect(withoutSample(sumSample([1, 2, 3, 4]), sumSample([2, 4]))).toEqual(sumSample([1, 3]))
})
