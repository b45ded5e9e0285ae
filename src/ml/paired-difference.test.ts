import { expect, test } from 'vitest'
import { comparePaired } from './paired-difference.ts'

const pair = (candidate: number, baseline: number) => ({ candidate, baseline, trainRows: 80, testRows: 20 })

test('the interval is that of Nadeau and Bengio', () => {
  // Differences 1, 2, 3, 4, 5: mean 3, variance 2.5, t(0.975, 4) = 2.7764451051977987.
  const found = comparePaired([1, 2, 3, 4, 5].map((d) => pair(d, 0)), true)
  const half = 2.7764451051977987 * Math.sqrt(2.5 * (1 / 5 + 20 / 80))
  expect(found.difference).toBeCloseTo(3, 12)
  expect(found.low).toBeCloseTo(3 - half, 9)
  expect(found.high).toBeCloseTo(3 + half, 9)
  expect(found.verdict).toBe('gain')
})

test('an interval that covers zero is no distinguishable gain, and the sentence says so', () => {
  const found = comparePaired([pair(0.81, 0.8), pair(0.79, 0.8), pair(0.805, 0.8)], true)
  expect(found.verdict).toBe('no distinguishable gain')
  expect(found.sentence).toMatch(/^no distinguishable gain: /)
})

test('a lower loss is a gain', () => {
  const found = comparePaired([pair(0.3, 0.4), pair(0.31, 0.4), pair(0.29, 0.39)], false)
  expect(found.verdict).toBe('gain')
  expect(found.difference).toBeGreaterThan(0)
})

test('equal candidates and a single fold show nothing', () => {
  expect(comparePaired([pair(0.5, 0.5), pair(0.5, 0.5)], true).verdict).toBe('no distinguishable gain')
  expect(comparePaired([pair(0.9, 0.5)], true).verdict).toBe('no distinguishable gain')
})
