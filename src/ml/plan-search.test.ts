import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fold } from './folds.ts'
import { planSearch } from './plan-search.ts'

function foldsOf(count: number, trainRows: number): Fold[] {
  return Array.from({ length: count }, () => ({ train: new Int32Array(trainRows), test: new Int32Array(10) }))
}

test('with room for it every try is measured on every fold', () => {
  expect(planSearch({ tries: 8, folds: foldsOf(5, 100), budget: 4000 })).toEqual({
    rounds: [
      { folds: [0, 1], tries: 8 },
      { folds: [2], tries: 8 },
      { folds: [3], tries: 8 },
      { folds: [4], tries: 8 },
    ],
    rows: 4000,
  })
})

test('with less room the tries are halved, and with still less fewer are made', () => {
  const halved = planSearch({ tries: 8, folds: foldsOf(5, 100), budget: 2400 })
  expect(halved.rounds.map(({ tries }) => tries)).toEqual([8, 4, 2, 2])
  const fewer = planSearch({ tries: 8, folds: foldsOf(5, 100), budget: 1300 })
  expect(fewer.rounds.map(({ tries }) => tries)).toEqual([3, 2, 2, 2])
  expect(planSearch({ tries: 8, folds: foldsOf(5, 100), budget: 10 }).rounds.map(({ tries }) => tries)).toEqual([1, 1, 1, 1])
})

test('the budget is kept wherever one try fits into it, and every fold is measured once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 25 }), fc.nat(100_000), (tries, count, budget) => {
      const folds = foldsOf(count, 37)
      const plan = planSearch({ tries, folds, budget })
      expect(plan.rows).toBeLessThanOrEqual(Math.max(budget, 37 * count))
      expect(plan.rounds.flatMap((round) => round.folds)).toEqual([...folds.keys()])
      for (const [i, round] of plan.rounds.entries()) {
        expect(round.tries).toBeLessThanOrEqual(plan.rounds[i - 1]?.tries ?? tries)
        expect(round.tries).toBeGreaterThan(0)
      }
    }),
  )
})
