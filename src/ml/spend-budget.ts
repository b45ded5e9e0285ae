import { exactSpending } from './exact-spending.ts'
import { upperHull } from './upper-hull.ts'

/** Something that may be bought for one row: at most one offer a row. */
export interface Offer {
  readonly cost: number
  readonly gain: number
}

export interface SpendingRequest {
  /** By row. Costs and gains are above zero. */
  readonly offers: readonly (readonly Offer[])[]
  readonly budget: number
}

export interface Spending {
  /** By row: the place of the offer that is taken, or null. */
  readonly taken: readonly (number | null)[]
  readonly cost: number
  readonly gain: number
  /** No choice of offers within the budget gains more than this. */
  readonly bound: number
  /** Whether no choice gains more than this one. */
  readonly optimal: boolean
}

/** One step up the hull of a row's offers: from one offer, or none, to the next. */
interface Step {
  readonly row: number
  readonly offer: number
  readonly cost: number
  readonly gain: number
}

/**
 * Spends a budget where it gains most: a knapsack that takes at most one offer a row. Steps along the upper hull of
 * each row's offers are taken in the order of their gain for their cost; the first that no longer fits, taken in part,
 * gives the bound (Sinha and Zoltners, "The multiple-choice knapsack problem", Operations Research 27, 1979). Small
 * problems are then solved exactly.
 */
export function spendBudget({ offers, budget }: SpendingRequest): Spending {
  const steps = offers.flatMap((ofRow, row) => hullSteps(ofRow, row)).sort((a, b) => b.gain * a.cost - a.gain * b.cost || a.row - b.row)
  const taken: (number | null)[] = offers.map(() => null)
  const stuck = new Set<number>()
  let [cost, gain] = [0, 0]
  let bound: number | null = null
  for (const step of steps) {
    const fits = cost + step.cost <= budget
    if (!fits) bound ??= gain + (step.gain * Math.max(0, budget - cost)) / step.cost
    // A step starts where the one before ended, so after one that was left out the rest of its row is too.
    if (!fits || stuck.has(step.row)) {
      stuck.add(step.row)
      continue
    }
    taken[step.row] = step.offer
    cost += step.cost
    gain += step.gain
  }
  const greedy = improved(offers, budget, taken)
  const most = Math.max(bound ?? greedy.gain, greedy.gain)
  // Added up in another order, costs that fit may come to a unit of the last place more.
  const within = (cost: number): number => Math.min(cost, budget)
  // Where every row has one offer of the same gain, the cheapest first is all there is to it.
  const gains = new Set(offers.flatMap((ofRow) => ofRow.map((offer) => offer.gain)))
  if (gains.size === 1 && offers.every((ofRow) => ofRow.length <= 1)) return { ...greedy, cost: within(greedy.cost), bound: greedy.gain, optimal: true }
  const exact = most - greedy.gain > 1e-12 * Math.abs(most) ? exactSpending({ offers, budget }) : null
  if (exact !== null && exact.gain >= greedy.gain) {
    const total = totalOf(offers, exact.taken)
    return { ...total, cost: within(total.cost), bound: total.gain, optimal: true }
  }
  return { ...greedy, cost: within(greedy.cost), bound: most, optimal: most - greedy.gain <= 1e-12 * Math.abs(most) }
}

function totalOf(offers: SpendingRequest['offers'], taken: readonly (number | null)[]): Pick<Spending, 'taken' | 'cost' | 'gain'> {
  const bought = taken.flatMap((offer, row) => (offer === null ? [] : [offers[row]?.[offer] ?? { cost: 0, gain: 0 }]))
  return { taken, cost: bought.reduce((sum, { cost }) => sum + cost, 0), gain: bought.reduce((sum, { gain }) => sum + gain, 0) }
}

function hullSteps(offers: readonly Offer[], row: number): Step[] {
  const points = offers.map(({ cost, gain }, offer) => ({ offer, cost, gain })).sort((a, b) => a.cost - b.cost || b.gain - a.gain)
  return upperHull(points).map(({ end, cost, gain }) => ({ row, offer: end.offer, cost, gain }))
}

/** Spends what is left on the exchange within a row that gains most, as long as one fits. */
function improved(offers: SpendingRequest['offers'], budget: number, taken: readonly (number | null)[]): Pick<Spending, 'taken' | 'cost' | 'gain'> {
  let at = totalOf(offers, taken)
  for (let left = offers.length; left > 0; left--) {
    let best: { row: number; offer: number; gain: number } | null = null
    for (const [row, ofRow] of offers.entries()) {
      const now = at.taken[row] ?? null
      const held = now === null ? { cost: 0, gain: 0 } : (ofRow[now] ?? { cost: 0, gain: 0 })
      for (const [offer, { cost, gain }] of ofRow.entries()) {
        if (at.cost - held.cost + cost <= budget && gain - held.gain > (best?.gain ?? 0)) best = { row, offer, gain: gain - held.gain }
      }
    }
    if (best === null) return at
    at = totalOf(offers, at.taken.with(best.row, best.offer))
  }
  return at
}
