import { describe, expect, test } from 'vitest'
import { seededRandom } from './random.ts'
import { type Offer, spendBudget } from './spend-budget.ts'

function randomOffers(seed: number, rows: number): Offer[][] {
  const random = seededRandom(seed)
  return Array.from({ length: rows }, () => Array.from({ length: random.below(4) }, () => ({ cost: 0.2 + random.next(), gain: 0.1 + random.next() })))
}

function bestOf(offers: readonly (readonly Offer[])[], budget: number): number {
  const [first, ...rest] = offers
  if (first === undefined) return 0
  const taking = first.filter(({ cost }) => cost <= budget).map(({ cost, gain }) => gain + bestOf(rest, budget - cost))
  return Math.max(bestOf(rest, budget), ...taking)
}

describe('a budget over many rows', () => {
  test('is spent as well as can be where there are few rows', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const offers = randomOffers(seed, 1 + (seed % 6))
      const budget = 0.2 + (seed % 17) / 6
      const spending = spendBudget({ offers, budget })
      const bought = spending.taken.flatMap((offer, row) => (offer === null ? [] : [offers[row]?.[offer] ?? { cost: 9, gain: 0 }]))
      expect(spending.gain, `seed ${seed}`).toBeCloseTo(bestOf(offers, budget), 9)
      expect(spending).toMatchObject({ optimal: true })
      expect(bought.reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(budget + 1e-12)
      expect(bought.reduce((sum, { gain }) => sum + gain, 0)).toBeCloseTo(spending.gain, 9)
    }
  })

  test('buys the most flips: as many as the cheapest rows leave room for', () => {
    const random = seededRandom(3)
    const costs = Array.from({ length: 3_000 }, () => 1 + 9 * random.next())
    const budget = 2_000
    const { gain, bound, cost } = spendBudget({ offers: costs.map((each) => [{ cost: each, gain: 1 }]), budget })
    let [left, most] = [budget, 0]
    for (const each of costs.toSorted((a, b) => a - b)) if (each <= left) [left, most] = [left - each, most + 1]
    expect(gain).toBe(most)
    expect(bound).toBeGreaterThanOrEqual(gain)
    expect(bound - gain).toBeLessThan(1)
    expect(cost).toBeLessThanOrEqual(budget)
  })

  test('of many rows is told with a bound that is close', () => {
    const { gain, bound, cost } = spendBudget({ offers: randomOffers(9, 2_000), budget: 300 })
    expect(cost).toBeLessThanOrEqual(300)
    expect(bound).toBeGreaterThanOrEqual(gain)
    expect(gain / bound).toBeGreaterThan(0.995)
  })

  test('that buys nothing says so', () => {
    expect(spendBudget({ offers: [[{ cost: 2, gain: 1 }], []], budget: 1 })).toEqual({ taken: [null, null], cost: 0, gain: 0, bound: 0, optimal: true })
    expect(spendBudget({ offers: [], budget: 1 })).toMatchObject({ gain: 0, optimal: true })
  })
})
