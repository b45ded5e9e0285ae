import { expect, test } from 'vitest'
import golden from '../../tests/golden/ml-judgement.json' with { type: 'json' }
import { normalQuantile } from './normal-quantile.ts'

test('quantiles of the normal distribution are those of scipy', () => {
  for (const { probability, quantile } of golden.quantiles.normal) {
    expect(Math.abs(normalQuantile(probability) - quantile)).toBeLessThanOrEqual(1e-14 * Math.abs(quantile) + 1e-15)
  }
})
