import { expect, test } from 'vitest'
import { summariseResiduals } from './residuals.ts'

test('residuals are truth minus prediction, with quantiles as numpy has them', () => {
  const found = summariseResiduals(Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(0, 2, 4, 4, 1))
  expect(found.mean).toBeCloseTo(0.8, 12)
  expect(found.quantiles.find(({ share }) => share === 0.5)?.value).toBe(0)
  expect(found.within.find(({ share }) => share === 0.5)?.value).toBe(1)
  expect(found.quantiles.find(({ share }) => share === 0.95)?.value).toBeCloseTo(3.4, 12)
})
