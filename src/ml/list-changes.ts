import type { ChangeSearch } from './cheapest-changes.ts'
import { minHeap } from './min-heap.ts'

export interface ListRequest {
  /** By variable and choice; choice 0 leaves it as it is and costs nothing. */
  readonly costs: readonly Float64Array[]
  /** Whether a change reaches what is wanted: each call is a step. */
  readonly reaches: (choices: readonly number[]) => boolean
  readonly allowed: (choices: readonly number[]) => boolean
  readonly mostChanges: number | null
  readonly alternatives: number
  readonly mostSteps: number
}

interface Node {
  readonly choices: readonly number[]
  readonly cost: number
  /** The last variable that is changed, and the place of its choice among those of the variable by cost. */
  readonly variable: number
  readonly place: number
  readonly changed: number
}

const stepsAtOnce = 64

/**
 * The cheapest changes that reach something of which nothing else is known: all changes are tried in the order of their
 * cost, so that the first that reaches it is the cheapest. Alternatives are as in `seekChanges`; where the steps run out
 * the last entry has no change and tells what one costs at least.
 */
export function* listChanges({ costs, reaches, allowed, mostChanges, alternatives, mostSteps }: ListRequest): Generator<void, ChangeSearch[]> {
  const byCost = costs.map((of) => [...of.keys()].slice(1).sort((a, b) => (of[a] ?? 0) - (of[b] ?? 0) || a - b))
  const none = costs.map(() => 0)
  const open = minHeap<Node>()
  const found: ChangeSearch[] = []
  const excluded: number[][] = []
  /** The change `from` with the choice at this place of a further variable. */
  function push(from: readonly number[], spent: number, { variable, place, changed }: Pick<Node, 'variable' | 'place' | 'changed'>): void {
    const choice = byCost[variable]?.[place]
    if (choice === undefined || (mostChanges !== null && changed > mostChanges)) return
    const cost = spent + (costs[variable]?.[choice] ?? 0)
    open.push(cost, { choices: from.with(variable, choice), cost, variable, place, changed })
  }
  for (const variable of costs.keys()) push(none, 0, { variable, place: 0, changed: 1 })
  let steps = 0
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (steps >= mostSteps) return [...found, { change: null, proven: false, leastCost: node.cost, steps }]
    const { choices, cost, variable, place, changed } = node
    const before = choices.with(variable, 0)
    push(before, cost - (costs[variable]?.[choices[variable] ?? 0] ?? 0), { variable, place: place + 1, changed })
    const set = choices.flatMap((choice, one) => (choice > 0 ? [one] : []))
    if (excluded.some((all) => all.every((one) => set.includes(one)))) continue
    for (let next = variable + 1; next < costs.length; next++) push(choices, cost, { variable: next, place: 0, changed: changed + 1 })
    if (!allowed(choices)) continue
    steps++
    if (steps % stepsAtOnce === 0) yield
    if (!reaches(choices)) continue
    found.push({ change: { choices, cost, gains: [] }, proven: true, leastCost: cost, steps })
    if (found.length === alternatives) return found
    excluded.push(set)
  }
  return [...found, { change: null, proven: true, leastCost: Number.POSITIVE_INFINITY, steps }]
}

export interface ClimbRequest {
  readonly costs: readonly Float64Array[]
  /** What is to be as large as can be. */
  readonly worth: (choices: readonly number[]) => number
  readonly allowed: (choices: readonly number[]) => boolean
}

/** A change that no change of one variable makes better: the best there is where each variable adds for itself. */
export function* climb({ costs, worth, allowed }: ClimbRequest): Generator<void, { choices: readonly number[]; worth: number }> {
  let at = { choices: costs.map(() => 0) as readonly number[], worth: 0 }
  at = { ...at, worth: worth(at.choices) }
  for (let round = 0; round < 50; round++) {
    const before = at.worth
    for (const [variable, of] of costs.entries()) {
      for (const choice of of.keys()) {
        const choices = at.choices.with(variable, choice)
        if (choice === at.choices[variable] || !allowed(choices)) continue
        const reached = worth(choices)
        // A hair of rounding is no reason to change something.
        if (reached > at.worth + 1e-12 * Math.abs(at.worth)) at = { choices, worth: reached }
      }
      yield
    }
    if (at.worth <= before) return at
  }
  return at
}
