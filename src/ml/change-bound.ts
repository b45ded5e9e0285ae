import type { ChangeProblem, PairGain } from './change-problem.ts'
import { toleranceOf } from './change-problem.ts'
import { upperHull } from './upper-hull.ts'

/** A stretch of the upper hull of (cost, gain) of one variable. */
interface Stretch {
  readonly cost: number
  readonly gain: number
}

/** Bounds of a search that assigns the variables in a fixed order. */
export interface ChangeBounds {
  /**
   * The least that the variables from `depth` on can cost to gain what is missing, given the choices before; infinity
   * where they cannot. It solves the multiple-choice knapsack with fractions, which never costs more than without.
   */
  rest(depth: number, choices: readonly number[], gained: readonly number[]): number
  /** What a choice of the variable at this place adds to each component, given the choices before it. */
  gainAt(depth: number, choices: readonly number[], choice: number): number[]
}

/** Prepares the bounds: each pair counts with its earlier variable at its best, until that is assigned. */
export function changeBounds(problem: ChangeProblem, order: readonly number[]): ChangeBounds {
  const place = new Map(order.map((variable, i) => [variable, i]))
  const placeOf = (variable: number): number => place.get(variable) ?? 0
  const components = problem.needs.map((_, k) => k)
  const earlier = order.map((variable) => problem.pairs.flatMap((pair) => sideOf(pair, variable)).filter(({ other }) => placeOf(other) < placeOf(variable)))
  const later = order.map((variable) => problem.pairs.flatMap((pair) => sideOf(pair, variable)).filter(({ other }) => placeOf(other) > placeOf(variable)))
  const widthOf = (variable: number): number => problem.costs[variable]?.length ?? 0
  const plain = order.map((variable, i) =>
    components.map((k) => {
      const gains = Float64Array.from(problem.gains[variable]?.[k] ?? [])
      for (const side of later[i] ?? []) addBest(side, { gains, k, width: widthOf(side.pair.second), others: widthOf(side.other) })
      return gains
    }),
  )
  const costsAt = (i: number): Float64Array => problem.costs[order[i] ?? 0] ?? new Float64Array(0)
  const hulls = plain.map((byComponent, i) => byComponent.map((gains) => hullOf(costsAt(i), gains)))

  function withEarlier(i: number, choices: readonly number[], k: number): Float64Array | null {
    const bound = (earlier[i] ?? []).filter(({ other }) => (choices[other] ?? 0) > 0)
    if (bound.length === 0) return null
    const gains = Float64Array.from(plain[i]?.[k] ?? [])
    for (const side of bound) for (let c = 1; c < gains.length; c++) gains[c] = (gains[c] ?? 0) + cellOf(side, { own: c, others: choices[side.other] ?? 0, k, width: widthOf(side.pair.second) })
    return gains
  }
  return {
    rest(depth, choices, gained) {
      let least = 0
      for (const k of components) {
        const need = (problem.needs[k] ?? 0) - (gained[k] ?? 0)
        if (need <= toleranceOf(problem.needs[k] ?? 0)) continue
        const stretches: Stretch[] = []
        for (let i = depth; i < order.length; i++) {
          // Earlier variables that are not assigned yet count their pairs themselves.
          const gains = withEarlier(i, choices, k)
          stretches.push(...(gains === null ? (hulls[i]?.[k] ?? []) : hullOf(costsAt(i), gains)))
        }
        least = Math.max(least, cheapestOf(stretches, need, toleranceOf(problem.needs[k] ?? 0)))
      }
      return least
    },
    gainAt(depth, choices, choice) {
      const own = problem.gains[order[depth] ?? 0]
      return components.map((k) => {
        let gain = own?.[k]?.[choice] ?? 0
        if (choice === 0) return gain
        for (const side of earlier[depth] ?? []) {
          const others = choices[side.other] ?? 0
          if (others > 0) gain += cellOf(side, { own: choice, others, k, width: widthOf(side.pair.second) })
        }
        return gain
      })
    },
  }
}

/** A pair seen from one of its variables. */
interface Side {
  readonly pair: PairGain
  readonly isFirst: boolean
  readonly other: number
}

function sideOf(pair: PairGain, variable: number): Side[] {
  if (pair.first === variable) return [{ pair, isFirst: true, other: pair.second }]
  return pair.second === variable ? [{ pair, isFirst: false, other: pair.first }] : []
}

function cellOf({ pair, isFirst }: Side, { own, others, k, width }: { own: number; others: number; k: number; width: number }): number {
  const cell = isFirst ? own * width + others : others * width + own
  return pair.gains[k]?.[cell] ?? 0
}

function addBest(side: Side, { gains, k, width, others }: { gains: Float64Array; k: number; width: number; others: number }): void {
  for (let own = 1; own < gains.length; own++) {
    let best = 0
    for (let other = 1; other < others; other++) best = Math.max(best, cellOf(side, { own, others: other, k, width }))
    gains[own] = (gains[own] ?? 0) + best
  }
}

/** Stretches of the upper hull of the values of a variable. */
function hullOf(costs: Float64Array, gains: Float64Array): Stretch[] {
  const points = Array.from(gains, (gain, c) => ({ cost: costs[c] ?? 0, gain })).slice(1)
  return upperHull(points.filter(({ gain }) => gain > 0).sort((a, b) => a.cost - b.cost || b.gain - a.gain))
}

function cheapestOf(stretches: Stretch[], need: number, tolerance: number): number {
  stretches.sort((a, b) => b.gain * a.cost - a.gain * b.cost)
  let [cost, missing] = [0, need]
  for (const stretch of stretches) {
    if (stretch.gain >= missing) return cost + Math.max(0, (missing - tolerance) / stretch.gain) * stretch.cost
    cost += stretch.cost
    missing -= stretch.gain
  }
  return missing <= tolerance ? cost : Number.POSITIVE_INFINITY
}
