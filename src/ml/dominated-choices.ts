import type { ChangeProblem, PairGain } from './change-problem.ts'

export interface ReducedProblem {
  readonly reduced: ChangeProblem
  /** Choices of the reduced problem as choices of the one that was given. */
  original(choices: readonly number[]): number[]
}

/**
 * Leaves out every choice for which another one costs no more and gains at least as much whatever the other variables
 * do. Choices that conditions name all stay.
 */
export function* withoutDominated(problem: ChangeProblem): Generator<void, ReducedProblem> {
  const named = new Set(problem.conditions.flatMap(({ variable, other }) => [variable, other]))
  const kept: number[][] = []
  for (const [variable, costs] of problem.costs.entries()) {
    kept.push(named.has(variable) ? [...costs.keys()] : keptChoices(problem, variable))
    yield
  }
  const take = (values: Float64Array, variable: number): Float64Array => Float64Array.from(kept[variable] ?? [], (choice) => values[choice] ?? 0)
  const reduced: ChangeProblem = {
    ...problem,
    costs: problem.costs.map(take),
    gains: problem.gains.map((byComponent, variable) => byComponent.map((of) => take(of, variable))),
    pairs: problem.pairs.map((pair) => {
      const width = problem.costs[pair.second]?.length ?? 0
      const cells = (kept[pair.first] ?? []).flatMap((a) => (kept[pair.second] ?? []).map((b) => a * width + b))
      return { ...pair, gains: pair.gains.map((of) => Float64Array.from(cells, (cell) => of[cell] ?? 0)) }
    }),
  }
  return { reduced, original: (choices) => choices.map((choice, variable) => kept[variable]?.[choice] ?? 0) }
}

function keptChoices(problem: ChangeProblem, variable: number): number[] {
  const costs = problem.costs[variable] ?? new Float64Array(0)
  const byCost = [...costs.keys()].slice(1).sort((a, b) => (costs[a] ?? 0) - (costs[b] ?? 0) || a - b)
  const kept = [0]
  for (const choice of byCost) if (!kept.some((other) => isAtLeast(problem, variable, [other, choice]))) kept.push(choice)
  return kept.sort((a, b) => (costs[a] ?? 0) - (costs[b] ?? 0) || a - b)
}

/** Whether the first choice gains at least as much as the second, whatever the other variables do. */
function isAtLeast({ gains, pairs, costs }: ChangeProblem, variable: number, [one, other]: readonly [number, number]): boolean {
  const own = pairs.filter(({ first, second }) => first === variable || second === variable)
  return (gains[variable] ?? []).every((of, k) => {
    let least = (of[one] ?? 0) - (of[other] ?? 0)
    if (least < 0 && own.length === 0) return false
    for (const pair of own) {
      if (least < 0) return false
      least += leastDifference(pair, { k, variable, one, other, width: costs[pair.second]?.length ?? 0, height: costs[pair.first]?.length ?? 0 })
    }
    return least >= 0
  })
}

/** With the other variable unchanged the difference is zero, so it is never above. */
function leastDifference(pair: PairGain, at: { k: number; variable: number; one: number; other: number; width: number; height: number }): number {
  const { k, variable, one, other, width, height } = at
  const isFirst = pair.first === variable
  const cells = pair.gains[k] ?? new Float64Array(0)
  let least = 0
  for (let partner = 1; partner < (isFirst ? width : height); partner++) {
    const [a, b] = isFirst ? [one * width + partner, other * width + partner] : [partner * width + one, partner * width + other]
    least = Math.min(least, (cells[a] ?? 0) - (cells[b] ?? 0))
  }
  return least
}
