import { describe, expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import type { Random } from '#ml/random'
import type { Forest } from '#ml/model'
import type { RawRow } from './row-reader.ts'
import type { RowScore } from './scorer.ts'
import { whatIf } from './what-if.ts'
import { openWhatIf, type WhatIfModel } from './what-if-model.ts'
import type { WhatIfAnswer } from './what-if-answer.ts'
import type { WhatIfRequest, WhatIfTarget } from './what-if-request.ts'
import { generatedModel, levels, scorerOf, sizes, weights } from './what-if.testkit.ts'

function ask(model: WhatIfModel, request: WhatIfRequest): WhatIfAnswer {
  const asking = whatIf(model, request)
  for (let next = asking.next(); ; next = asking.next()) if (next.done) return orThrow(next.value)
}

const pick = <T>(from: readonly T[], random: Random): T => from[random.below(from.length)] as T

function randomTarget({ scorer }: WhatIfModel, random: Random): WhatIfTarget {
  const { task } = scorer.document
  if (task === 'regression') return { kind: 'value', at_least: 2 * random.next() - 0.5, at_most: random.below(3) === 0 ? 2 : null }
  if (task === 'multiclass') return random.below(2) === 0 ? { kind: 'class', label: pick(['a', 'b', 'c'], random) } : { kind: 'probability', label: 'b', at_least: 0.3 + 0.4 * random.next(), at_most: null }
  const kind = random.below(3)
  if (kind === 0) return { kind: 'class', label: pick(['yes', 'no'], random) }
  return kind === 1 ? { kind: 'probability', label: null, at_least: 0.5 + 0.3 * random.next(), at_most: null } : { kind: 'probability', label: 'yes', at_least: null, at_most: 0.5 - 0.3 * random.next() }
}

function randomRequest(model: WhatIfModel, random: Random): WhatIfRequest {
  const actionable = ['size', 'weight', 'site'].filter(() => random.below(4) > 0)
  const rules: Record<string, WhatIfRequest['rules'][string]> = {}
  if (actionable.includes('size') && random.below(2) === 0) rules.size = { direction: pick(['up', 'down'], random), cost: { per_unit: 0.2 + random.next(), per_change: random.next() } }
  if (actionable.includes('weight') && random.below(3) === 0) rules.weight = { min: 0.4, max: 3, ...(random.below(2) === 0 ? { direction: 'up' as const } : {}) }
  if (actionable.includes('site') && random.below(2) === 0) rules.site = { levels: ['north', 'west', 'east'], cost: { per_change: 0.3, levels: { west: 2 } } }
  const both = actionable.includes('size') && actionable.includes('weight') && random.below(3) === 0
  return {
    row: { size: pick(sizes, random), weight: pick(weights, random), site: pick(levels, random) },
    target: randomTarget(model, random),
    threshold: 0.5,
    actionable,
    rules,
    conditions: both ? [{ column: 'size', moves: 'up', needs: { column: 'weight', moves: 'up', by: 0.2 } }] : [],
    alternatives: 3,
    mostChanges: random.below(3) === 0 ? 2 : null,
    minSupport: 30,
    mostSteps: 50_000,
  }
}

/** The cost of a row by the rules as the documentation tells them; null where a rule forbids it. */
function costOf({ profiles }: WhatIfModel, { row, rules, actionable, conditions, mostChanges }: WhatIfRequest, to: RawRow): number | null {
  let cost = 0
  const changed = ['size', 'weight', 'site'].filter((column) => row[column] !== to[column])
  if (changed.some((column) => !actionable.includes(column)) || (mostChanges !== null && changed.length > mostChanges)) return null
  for (const column of changed) {
    const rule = rules[column] ?? {}
    const profile = profiles.get(column)
    if (profile?.kind === 'number') {
      const [from, value] = [Number(row[column]), Number(to[column])]
      if (rule.direction === 'up' ? value < from : rule.direction === 'down' && value > from) return null
      if (value < (rule.min ?? Math.min(profile.min, from)) || value > (rule.max ?? Math.max(profile.max, from))) return null
      cost += (rule.cost?.per_change ?? 0) + Math.abs(value - from) * (rule.cost?.per_unit ?? 1 / profile.spread)
    } else {
      if (rule.levels !== undefined && !rule.levels.includes(String(to[column]))) return null
      cost += rule.cost?.levels?.[String(to[column])] ?? rule.cost?.per_change ?? 1
    }
  }
  const isBroken = conditions.some(({ column, needs }) => Number(to[column]) > Number(row[column]) && Number(to[needs.column]) - Number(row[needs.column]) < (needs.by ?? 0) - 1e-9)
  return isBroken ? null : cost
}

const everyRow: RawRow[] = sizes.flatMap((size) => Array.from({ length: 31 }, (_, i) => Number((i / 10).toFixed(1))).flatMap((weight) => levels.map((site) => ({ size, weight, site }))))

function reaches(said: RowScore, target: WhatIfTarget): boolean {
  if (target.kind === 'class') return said.prediction === target.label
  const inside = (value: number): boolean => value >= (target.at_least ?? -9) && value <= (target.at_most ?? 9)
  if (said.task === 'regression') return inside(said.value)
  if (said.task === 'multiclass') return inside(said.probabilities.b ?? 0)
  return inside(said.probability)
}

const changedIn = (from: RawRow, to: RawRow): string[] => ['size', 'weight', 'site'].filter((column) => from[column] !== to[column])

describe('the nearest changes of a row', () => {
  test('are the cheapest that trying every row finds, keep every rule, and are scored as a whole', () => {
    const seen = { reached: 0, already_there: 0, unreachable: 0, not_found: 0, alternatives: 0 }
    for (let seed = 1; seed <= 250; seed++) {
      const model = generatedModel(seed)
      const request = randomRequest(model, model.random)
      const answer = ask(model, request)
      seen[answer.status]++
      let left = everyRow.flatMap((row) => {
        const cost = costOf(model, request, row)
        return cost !== null && reaches(model.scorer.predictRow(row), request.target) ? [{ row, cost }] : []
      })
      if (answer.status === 'already_there') {
        expect(reaches(model.scorer.predictRow(request.row), request.target)).toBe(true)
        continue
      }
      expect(answer.status, `seed ${seed}`).toBe(left.length > 0 ? 'reached' : 'unreachable')
      expect(answer.proof.kind, `seed ${seed}`).toBe('exact')
      for (const { changes, cost, said } of answer.alternatives) {
        const to = { ...request.row, ...Object.fromEntries(changes.map(({ column, to: cell }) => [column, cell])) }
        expect(cost, `seed ${seed}`).toBeCloseTo(Math.min(...left.map((one) => one.cost)), 9)
        expect(costOf(model, request, to), `seed ${seed}`).toBeCloseTo(cost, 9)
        expect(cost).toBeGreaterThan(0)
        expect(said).toEqual(model.scorer.predictRow(to))
        expect(reaches(said, request.target)).toBe(true)
        const set = changedIn(request.row, to)
        left = left.filter(({ row }) => !set.every((column) => changedIn(request.row, row).includes(column)))
        seen.alternatives++
      }
      if (answer.alternatives.length < 3) expect(left, `seed ${seed}`).toEqual([])
    }
    expect(seen.reached).toBeGreaterThan(60)
    expect(seen.unreachable).toBeGreaterThan(30)
    expect(seen.not_found).toBe(0)
    expect(seen.alternatives).toBeGreaterThan(seen.reached)
  })

  test('of trees are the cheapest too', () => {
    const forest: Forest = {
      features: [{ kind: 'numeric', feature: 'size' }, { kind: 'numeric', feature: 'load' }, { kind: 'category', feature: 'site', levels: [...levels] }],
      trees: [[
        { feature: [0, 1], threshold: [3.5, 4.75], levels: [null, null], missingLeft: [true, true], left: [-1, -2], right: [1, -3], value: [-1, 0.4, 1.2], weight: [9, 9, 9] },
        { feature: [2], threshold: [null], levels: [[1, 3]], missingLeft: [false], left: [-1], right: [-2], value: [0.3, -0.5], weight: [9, 9] },
      ]],
      importance: [1, 1, 1],
    }
    const { profiles } = generatedModel(1)
    const scorer = scorerOf({ format: 'signalbox-model', version: 2, trainer: 'trees', task: 'binary', link: 'logit', classes: ['no', 'yes'], intercepts: [0], terms: [], forest, training: { rows: 9, seed: 1 } }, true)
    const model = orThrow(openWhatIf(scorer, profiles))
    const request: WhatIfRequest = { row: { size: 2, weight: 0.5, site: 'east' }, target: { kind: 'probability', label: null, at_least: 0.7, at_most: null }, threshold: 0.5, actionable: ['size', 'weight', 'site'], rules: {}, conditions: [], alternatives: 2, mostChanges: null, minSupport: 30, mostSteps: 50_000 }
    const answer = ask(model, request)
    const best = everyRow.flatMap((row) => (reaches(scorer.predictRow(row), request.target) ? [costOf(model, request, row) ?? 9e9] : []))
    expect(answer).toMatchObject({ status: 'reached', proof: { kind: 'exact' } })
    expect(answer.alternatives[0]?.cost).toBeCloseTo(Math.min(...best), 9)
    expect(ask(model, { ...request, mostSteps: 1 })).toMatchObject({ status: 'not_found', proof: { kind: 'stopped' }, nearest: { changes: expect.anything() } })
  })
})
