import { describe, expect, test } from 'vitest'
import { type Change, type ChangeProblem, changeOf, gainsEnough, isAllowed } from './change-problem.ts'
import { cheapestChanges } from './cheapest-changes.ts'
import { exp } from './exponential.ts'
import { type Random, seededRandom } from './random.ts'

/** A problem of two to five variables with pairs, conditions and limits, small enough to try everything. */
function randomProblem(seed: number): ChangeProblem {
  const random = seededRandom(seed)
  const components = random.below(4) === 0 ? 2 : 1
  const sizes = Array.from({ length: 2 + random.below(4) }, () => 2 + random.below(4))
  const gain = (): number => 2 * random.next() - 0.7
  const pairs = sizes.flatMap((width, second) => sizes.slice(0, second).flatMap((height, first) => (random.below(3) === 0 ? [{ first, second, gains: Array.from({ length: components }, () => pairGains(height, width, random)) }] : [])))
  return {
    costs: sizes.map((size) => Float64Array.from({ length: size }, (_, choice) => (choice === 0 ? 0 : 0.1 + random.next()))),
    gains: sizes.map((size) => Array.from({ length: components }, () => Float64Array.from({ length: size }, (_, choice) => (choice === 0 ? 0 : gain())))),
    pairs,
    needs: Array.from({ length: components }, () => 0.3 + 2 * random.next()),
    joint: components === 2 && random.below(2) === 0 ? { start: [-1, -1], least: 0.3 + 0.4 * random.next() } : null,
    conditions: random.below(3) === 0 ? [randomCondition(sizes, random)] : [],
    mostChanges: random.below(3) === 0 ? 1 + random.below(3) : null,
  }
}

function pairGains(height: number, width: number, random: Random): Float64Array {
  return Float64Array.from({ length: height * width }, (_, cell) => (cell < width || cell % width === 0 ? 0 : random.next() - 0.5))
}

function randomCondition(sizes: readonly number[], random: Random) {
  const flags = (size: number, unchanged: number): Uint8Array => Uint8Array.from({ length: size }, (_, choice) => (choice === 0 ? unchanged : random.below(2)))
  return { variable: 0, where: flags(sizes[0] ?? 2, 0), other: 1, holds: flags(sizes[1] ?? 2, random.below(2)) }
}

function everyChange(problem: ChangeProblem): Change[] {
  let all: number[][] = [[]]
  for (const { length } of problem.costs) all = all.flatMap((choices) => Array.from({ length }, (_, choice) => [...choices, choice]))
  return all.filter((choices) => isAllowed(problem, choices)).map((choices) => changeOf(problem, choices)).filter(({ gains }) => gainsEnough(problem, gains, exp))
}

const changedBy = ({ choices }: Change): number[] => choices.flatMap((choice, variable) => (choice > 0 ? [variable] : []))

describe('the cheapest changes', () => {
  test('equal those that trying everything finds, alternatives too', () => {
    let [solved, impossible, several] = [0, 0, 0]
    for (let seed = 1; seed <= 1_500; seed++) {
      const problem = randomProblem(seed)
      let left = everyChange(problem)
      for (const { change, proven, leastCost } of cheapestChanges({ problem, alternatives: 3, mostSteps: 100_000 })) {
        const best = left.reduce((least, { cost }) => Math.min(least, cost), Number.POSITIVE_INFINITY)
        expect(proven, `seed ${seed}`).toBe(true)
        expect(change?.cost ?? Number.POSITIVE_INFINITY, `seed ${seed}`).toBeCloseTo(best, 9)
        if (change === null) {
          impossible++
          expect(leastCost).toBe(Number.POSITIVE_INFINITY)
          continue
        }
        solved++
        expect(isAllowed(problem, change.choices) && gainsEnough(problem, change.gains, exp)).toBe(true)
        const set = changedBy(change)
        left = left.filter((other) => !set.every((variable) => changedBy(other).includes(variable)))
        if (left.length > 0) several++
      }
    }
    expect([solved > 800, impossible > 300, several > 300]).toEqual([true, true, true])
  })

  test('that are stopped early say so, with a bound that is never above the cheapest', () => {
    let stopped = 0
    for (let seed = 1; seed <= 400; seed++) {
      const problem = randomProblem(seed)
      const best = everyChange(problem).reduce((least, { cost }) => Math.min(least, cost), Number.POSITIVE_INFINITY)
      const [search] = cheapestChanges({ problem, alternatives: 1, mostSteps: 1 })
      expect(search?.leastCost ?? 0, `seed ${seed}`).toBeLessThanOrEqual(best + 1e-9)
      expect(search?.change?.cost ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(best - 1e-9)
      if (search?.proven === false) stopped++
    }
    expect(stopped).toBeGreaterThan(50)
  })

  test('of many variables come within few steps', () => {
    const random = seededRandom(5)
    const sizes = Array.from({ length: 30 }, () => 40)
    const costs = sizes.map((size) => Float64Array.from({ length: size }, (_, choice) => choice * (0.1 + random.next() / 10)))
    const gains = sizes.map((size) => [Float64Array.from({ length: size }, (_, choice) => (choice === 0 ? 0 : random.next() - 0.3))])
    const pairs = Array.from({ length: 10 }, (_, i) => ({ first: i, second: i + 10, gains: [pairGains(40, 40, random)] }))
    const problem: ChangeProblem = { costs, gains, pairs, needs: [4], joint: null, conditions: [], mostChanges: null }
    const [search] = cheapestChanges({ problem, alternatives: 1, mostSteps: 20_000 })
    expect(search).toMatchObject({ proven: true })
  })
})
