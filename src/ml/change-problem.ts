/** What two variables add beyond what each adds alone; zero where either is left as it is. */
export interface PairGain {
  readonly first: number
  readonly second: number
  /** By component, then choice of the first x choices of the second + choice of the second. */
  readonly gains: readonly Float64Array[]
}

/** Where a variable takes one of some choices, another one has to take one of some others. Both by choice, 1 is yes. */
export interface ChangeCondition {
  readonly variable: number
  readonly where: Uint8Array
  readonly other: number
  readonly holds: Uint8Array
}

/** A probability of one class among several: 1 / (1 + sum of exp(-margin)), a margin being start + what is gained. */
export interface JointNeed {
  readonly start: readonly number[]
  readonly least: number
}

/**
 * Which choices of some variables gain enough for the least cost. Choice 0 of every variable leaves it as it is: it
 * costs and gains nothing. Gains are by component (one for a score, one a rival for the margins over other classes).
 */
export interface ChangeProblem {
  /** By variable and choice. Every choice but the first costs more than nothing. */
  readonly costs: readonly Float64Array[]
  /** By variable, component and choice. */
  readonly gains: readonly (readonly Float64Array[])[]
  readonly pairs: readonly PairGain[]
  /** By component: what has to be gained at least. */
  readonly needs: readonly number[]
  readonly joint: JointNeed | null
  readonly conditions: readonly ChangeCondition[]
  /** Most variables that may be changed; null where all may. */
  readonly mostChanges: number | null
}

/** A choice of each variable, with what it costs and gains by component. */
export interface Change {
  readonly choices: readonly number[]
  readonly cost: number
  readonly gains: readonly number[]
}

/** Sums are added in another order than a scorer adds them, so that they may differ by a few units of the last place. */
export function toleranceOf(need: number): number {
  return Number.isFinite(need) ? 1e-9 * (1 + Math.abs(need)) : 0
}

/** What a choice of each variable costs and gains. */
export function changeOf({ costs, gains, pairs, needs }: ChangeProblem, choices: readonly number[]): Change {
  const cost = choices.reduce((sum, choice, v) => sum + (costs[v]?.[choice] ?? 0), 0)
  const sums = needs.map((_, k) => choices.reduce((sum, choice, v) => sum + (gains[v]?.[k]?.[choice] ?? 0), 0))
  for (const pair of pairs) {
    const [a = 0, b = 0] = [choices[pair.first], choices[pair.second]]
    if (a === 0 || b === 0) continue
    const cell = a * (costs[pair.second]?.length ?? 0) + b
    for (const [k, of] of pair.gains.entries()) sums[k] = (sums[k] ?? 0) + (of[cell] ?? 0)
  }
  return { choices, cost, gains: sums }
}

/** Whether a change gains what is needed; its conditions are another matter. */
export function gainsEnough({ needs, joint }: ChangeProblem, gains: readonly number[], exp: (x: number) => number): boolean {
  for (const [k, need] of needs.entries()) if (!((gains[k] ?? 0) >= need - toleranceOf(need))) return false
  if (joint === null) return true
  const odds = joint.start.reduce((sum, start, k) => sum + exp(-(start + (gains[k] ?? 0))), 1)
  return 1 / odds >= joint.least - 1e-12
}

/** Whether a change keeps to its conditions and to the most changes. */
export function isAllowed({ conditions, mostChanges }: ChangeProblem, choices: readonly number[]): boolean {
  if (mostChanges !== null && choices.reduce((count, choice) => count + (choice > 0 ? 1 : 0), 0) > mostChanges) return false
  return conditions.every(({ variable, where, other, holds }) => where[choices[variable] ?? 0] !== 1 || holds[choices[other] ?? 0] === 1)
}
