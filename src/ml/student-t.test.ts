import { expect, test } from 'vitest'
import golden from '../../tests/golden/ml-student-t.json' with { type: 'json' }
import { studentTQuantile } from './student-t.ts'

test('quantiles agree with scipy to ten digits', () => {
  for (const { probability, freedom, quantile } of golden.cases) {
    const found = studentTQuantile(probability, freedom)
    expect(Math.abs(found - quantile), `${probability} with ${freedom}`).toBeLessThan(1e-10 * (1 + Math.abs(quantile)))
  }
})
