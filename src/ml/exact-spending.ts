import type { SpendingRequest } from './spend-budget.ts'

/** Spendings that may still be the best, and none where there are more than this. */
const mostStates = 4_000
/** So many pairs of a spending and an offer may be looked at. */
const mostWork = 2_000_000

interface State {
  readonly cost: number
  readonly gain: number
  readonly offer: number | null
  readonly before: State | null
}

/**
 * The spending that gains most, row by row over all that nothing cheaper beats (Nemhauser and Ullmann, "Discrete dynamic
 * programming and capital allocation", Management Science 15, 1969); null where that are too many.
 */
export function exactSpending({ offers, budget }: SpendingRequest): { readonly taken: (number | null)[]; readonly gain: number } | null {
  let states: State[] = [{ cost: 0, gain: 0, offer: null, before: null }]
  let work = 0
  for (const ofRow of offers) {
    work += states.length * (1 + ofRow.length)
    if (work > mostWork) return null
    const next = states.map((before): State => ({ cost: before.cost, gain: before.gain, offer: null, before }))
    for (const [offer, { cost, gain }] of ofRow.entries()) {
      for (const before of states) if (before.cost + cost <= budget) next.push({ cost: before.cost + cost, gain: before.gain + gain, offer, before })
    }
    states = unbeaten(next)
    if (states.length > mostStates) return null
  }
  const last = states.at(-1)
  if (last === undefined) return null
  const taken: (number | null)[] = []
  for (let state: State = last; state.before !== null; state = state.before) taken.unshift(state.offer)
  return { taken, gain: last.gain }
}

/** In the order of their cost, each gaining more than all before. */
function unbeaten(states: State[]): State[] {
  states.sort((a, b) => a.cost - b.cost || b.gain - a.gain)
  let most = Number.NEGATIVE_INFINITY
  return states.filter(({ gain }) => {
    const isBetter = gain > most
    if (isBetter) most = gain
    return isBetter
  })
}
