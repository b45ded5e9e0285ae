import { changeBounds, type ChangeBounds } from './change-bound.ts'
import { type Change, changeOf, type ChangeProblem, gainsEnough, isAllowed } from './change-problem.ts'
import { exp } from './exponential.ts'
import { greedyChange } from './greedy-change.ts'
import { minHeap } from './min-heap.ts'
import { withoutDominated } from './dominated-choices.ts'

/** What one search came to. */
export interface ChangeSearch {
  /** The cheapest change that was found; null where there is none. */
  readonly change: Change | null
  /** Whether nothing cheaper exists, or nothing at all where none was found. */
  readonly proven: boolean
  /** Every change that gains enough costs at least this; infinity where none does. */
  readonly leastCost: number
  /** Partial changes that were looked at. */
  readonly steps: number
}

export interface ChangeRequest {
  readonly problem: ChangeProblem
  /** Each further one changes no set of variables that holds all variables of an earlier one. */
  readonly alternatives: number
  /** Most partial changes that each search may look at. */
  readonly mostSteps: number
}

/**
 * The cheapest changes that gain enough, the cheapest first; the last entry has no change where there are fewer than
 * were asked for. Best-first branch and bound: a partial change waits under what it costs and what the rest must cost
 * at least, so that the first complete one that comes out is the cheapest.
 */
export function cheapestChanges(request: ChangeRequest): ChangeSearch[] {
  const seeking = seekChanges(request)
  for (let next = seeking.next(); ; next = seeking.next()) if (next.done) return next.value
}

/** The same, giving others a turn now and then. */
export function* seekChanges({ problem, alternatives, mostSteps }: ChangeRequest): Generator<void, ChangeSearch[]> {
  const { reduced, original } = yield* withoutDominated(problem)
  const found: ChangeSearch[] = []
  const excluded: number[][] = []
  while (found.length < alternatives) {
    const search = yield* searchOne(reduced, excluded, mostSteps)
    const { change } = search
    found.push(change === null ? search : { ...search, change: changeOf(problem, original(change.choices)) })
    if (change === null) break
    excluded.push(change.choices.flatMap((choice, variable) => (choice > 0 ? [variable] : [])))
  }
  return found
}

interface Node {
  readonly depth: number
  readonly choices: readonly number[]
  readonly gained: readonly number[]
  readonly cost: number
}

interface Search {
  readonly problem: ChangeProblem
  readonly order: readonly number[]
  readonly bounds: ChangeBounds
  readonly excluded: readonly (readonly number[])[]
}

/** Steps between turns of others, a few milliseconds of work. */
const stepsAtOnce = 2

function* searchOne(problem: ChangeProblem, excluded: readonly (readonly number[])[], mostSteps: number): Generator<void, ChangeSearch> {
  const order = orderOf(problem)
  const search: Search = { problem, order, bounds: changeBounds(problem, order), excluded }
  const greedy = greedyChange(problem, (choices) => isFree(search, choices))
  const start: Node = { depth: 0, choices: problem.costs.map(() => 0), gained: problem.needs.map(() => 0), cost: 0 }
  const open = minHeap<Node>()
  open.push(search.bounds.rest(0, start.choices, start.gained), start)
  let steps = 0
  for (; open.least() < Number.POSITIVE_INFINITY; steps++) {
    if (steps % stepsAtOnce === 0) yield
    const leastCost = open.least()
    if (greedy !== null && greedy.cost <= leastCost) return { change: greedy, proven: true, leastCost: greedy.cost, steps }
    if (steps >= mostSteps) return { change: greedy, proven: false, leastCost, steps }
    const node = open.pop()
    if (node === undefined) break
    if (isSolution(search, node)) return { change: changeOf(problem, node.choices), proven: true, leastCost: node.cost, steps }
    for (const { bound, child } of childrenOf(search, node)) if (bound < (greedy?.cost ?? Number.POSITIVE_INFINITY)) open.push(bound, child)
  }
  return { change: greedy, proven: true, leastCost: greedy?.cost ?? Number.POSITIVE_INFINITY, steps }
}

/** Variables that can gain most come first, so that bounds are soon tight. */
function orderOf({ gains, costs }: ChangeProblem): number[] {
  const most = gains.map((byComponent) => Math.max(0, ...byComponent.map((of) => of.reduce((best, gain) => Math.max(best, gain), 0))))
  return costs.map((_, variable) => variable).sort((a, b) => (most[b] ?? 0) - (most[a] ?? 0) || a - b)
}

/** With the rest left as it is. */
function isSolution(search: Search, { gained, choices }: Node): boolean {
  return gainsEnough(search.problem, gained, exp) && isFree(search, choices)
}

function isFree({ problem, excluded }: Search, choices: readonly number[]): boolean {
  return isAllowed(problem, choices) && !excluded.some((variables) => variables.every((variable) => (choices[variable] ?? 0) > 0))
}

/** One more variable assigned; what breaks a rule already, or can never gain enough, is left out. */
function* childrenOf(search: Search, node: Node): Generator<{ bound: number; child: Node }> {
  const { problem, order, bounds, excluded } = search
  const variable = order[node.depth]
  if (variable === undefined) return
  const costs = problem.costs[variable] ?? new Float64Array(0)
  const changed = node.choices.reduce((count, choice) => count + (choice > 0 ? 1 : 0), 0)
  const depth = node.depth + 1
  for (let choice = 0; choice < costs.length; choice++) {
    if (choice > 0 && problem.mostChanges !== null && changed >= problem.mostChanges) return
    const choices = node.choices.with(variable, choice)
    if (excluded.some((all) => all.every((one) => (choices[one] ?? 0) > 0))) continue
    if (breaksCondition(search, choices, depth)) continue
    const added = bounds.gainAt(node.depth, node.choices, choice)
    const child = { depth, choices, gained: node.gained.map((sum, k) => sum + (added[k] ?? 0)), cost: node.cost + (costs[choice] ?? 0) }
    const bound = child.cost + bounds.rest(depth, choices, child.gained)
    if (bound < Number.POSITIVE_INFINITY) yield { bound, child }
  }
}

/** Whether a condition between variables that are both assigned does not hold. */
function breaksCondition({ problem, order }: Search, choices: readonly number[], depth: number): boolean {
  if (problem.conditions.length === 0) return false
  const assigned = new Set(order.slice(0, depth))
  return problem.conditions.some(
    ({ variable, where, other, holds }) => assigned.has(variable) && assigned.has(other) && where[choices[variable] ?? 0] === 1 && holds[choices[other] ?? 0] !== 1,
  )
}
