import { expect, test } from 'vitest'
import golden from '../../tests/golden/ml-judgement.json' with { type: 'json' }
import { differenceOfShares, ratioOfShares } from './compare-shares.ts'

test('the interval of the difference is that of statsmodels (Newcombe)', () => {
  for (const { first, second, difference } of golden.shares) {
    const found = differenceOfShares(first, second)
    expect(found.value).toBeCloseTo(first.hits / first.rows - second.hits / second.rows, 12)
    expect(found.low).toBeCloseTo(difference[0]!, 9)
    expect(found.high).toBeCloseTo(difference[1]!, 9)
  }
})

test('the interval of the ratio is that of statsmodels (logarithm), also where a share is 0 or both are 1', () => {
  for (const { first, second, ratio } of golden.shares) {
    const found = ratioOfShares(first, second)!
    expect(found.value).toBeCloseTo(first.hits / first.rows / (second.hits / second.rows), 12)
    expect(found.low).toBeCloseTo(first.hits === 0 ? 0 : ratio[0]!, 9)
    expect(found.high).toBeCloseTo(ratio[1]!, 9)
  }
})

test('there is no multiple of a share that is 0', () => {
  expect(ratioOfShares({ hits: 3, rows: 10 }, { hits: 0, rows: 10 })).toBeNull()
})
