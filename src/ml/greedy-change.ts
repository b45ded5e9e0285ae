import { type Change, changeOf, type ChangeProblem, gainsEnough } from './change-problem.ts'
import { exp } from './exponential.ts'

/** How far the worst component is from what it needs; 0 or more where all have it. */
export function slackOf({ needs }: ChangeProblem, gains: readonly number[]): number {
  return needs.reduce((least, need, k) => Math.min(least, (gains[k] ?? 0) - need), Number.POSITIVE_INFINITY)
}

/**
 * A change that gains enough, found by taking the step that gains most for its cost again and again; null where that
 * leads nowhere. A search has it to begin with, and as its answer where its work runs out.
 */
export function greedyChange(problem: ChangeProblem, allowed: (choices: readonly number[]) => boolean): Change | null {
  let at = changeOf(problem, problem.costs.map(() => 0))
  // Each step either gains or ends, and no variable is changed more often than it has choices.
  for (let left = problem.costs.length * 4; left > 0; left--) {
    if (gainsEnough(problem, at.gains, exp)) return allowed(at.choices) ? cheaper(problem, at, allowed) : null
    const next = bestStep(problem, at, allowed)
    if (next === null) return null
    at = next
  }
  return null
}

function bestStep(problem: ChangeProblem, at: Change, allowed: (choices: readonly number[]) => boolean): Change | null {
  const from = slackOf(problem, at.gains)
  let best: { change: Change; worth: number } | null = null
  for (const [variable, costs] of problem.costs.entries()) {
    for (let choice = 1; choice < costs.length; choice++) {
      if (choice === at.choices[variable]) continue
      const change = changeOf(problem, at.choices.with(variable, choice))
      const gain = Math.min(0, slackOf(problem, change.gains)) - from
      if (gain <= 0 || !allowed(change.choices)) continue
      const worth = gain / Math.max(change.cost - at.cost, 1e-12)
      if (best === null || worth > best.worth) best = { change, worth }
    }
  }
  return best?.change ?? null
}

/** Takes back, or makes smaller, what is not needed in the end. */
function cheaper(problem: ChangeProblem, found: Change, allowed: (choices: readonly number[]) => boolean): Change {
  let at = found
  for (const [variable, costs] of problem.costs.entries()) {
    for (let choice = 0; choice < costs.length; choice++) {
      if ((costs[choice] ?? 0) >= (costs[at.choices[variable] ?? 0] ?? 0)) continue
      const change = changeOf(problem, at.choices.with(variable, choice))
      if (gainsEnough(problem, change.gains, exp) && allowed(change.choices)) at = change
    }
  }
  return at
}
