import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boostBags } from './boost-bags.ts'
import { binTable } from './bin-table.ts'
import { fitBag } from './fit-bag.ts'
import { fitModel } from './fit-model.ts'
import { type Direction, type Model, nameOfTerm, type NumericTerm } from './model.ts'
import { planBoosting } from './plan-boosting.ts'
import { predict } from './predict.ts'
import { seededRandom } from './random.ts'
import { expectAccepted } from './refusal.ts'
import { gaussian, makeSynthetic } from './synthetic.testkit.ts'
import type { Column, Table, Target } from './table.ts'

async function glassbox(table: Table, target: Target, more: object = {}): Promise<Model> {
  return expectAccepted(await fitModel({ trainer: 'glassbox-main', table, target, seed: 1, ...more }))
}

function numericTerm(model: Model, feature: string): NumericTerm {
  const term = model.terms.find((candidate) => nameOfTerm(candidate) === feature)
  if (term?.kind !== 'numeric') throw new Error(`no numeric term ${feature}`)
  return term
}

test('the curve follows the truth', async () => {
  const { table, target } = makeSynthetic('regression', 3000)
  const term = numericTerm(await glassbox(table, target), 'x1')
  const truth = (value: number) => 2 * Math.sin(value / 2)
  const scoreAt = (value: number) => term.scores[0]![term.edges.filter((edge) => edge < value).length]!
  for (const [low, high] of [[0.5, 3], [6, 3], [9, 3.5]] as const) {
    expect(scoreAt(high) - scoreAt(low)).toBeCloseTo(truth(high) - truth(low), 0)
  }
  const noise = numericTerm(await glassbox(table, target), 'noise')
  expect(noise.importance).toBeLessThan(term.importance / 20)
})

test('edges lie between observed values and densities count every row', async () => {
  const { table, target } = makeSynthetic('binary', 500)
  const model = await glassbox(table, target)
  for (const term of model.terms) {
    if (term.kind === 'pair') throw new Error('expected no pair')
    const rows = term.missingWeight + (term.kind === 'slope' ? 0 : term.weight.reduce((a, b) => a + b, 0))
    expect(rows + (term.kind === 'category' ? term.unseenWeight : 0)).toBe(500)
    const column = table.columns.find(({ name }) => name === term.feature)
    if (term.kind !== 'numeric' || column?.kind !== 'numeric') continue
    for (const edge of term.edges) expect(column.values.includes(edge)).toBe(false)
    expect(term.edges).toEqual(term.edges.toSorted((a, b) => a - b))
  }
})

describe('a monotone direction', () => {
  test('is held to the last bit, on any data', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.constantFrom('increasing', 'decreasing'), async (seed, direction) => {
        const { table, target } = makeSynthetic(seed % 2 === 0 ? 'binary' : 'regression', 200, seed)
        const model = await glassbox(table, target, { monotone: { x1: direction, noise: direction } })
        for (const feature of ['x1', 'noise']) {
          const term = numericTerm(model, feature)
          const scores = term.scores[0]!
          const sign = direction === 'increasing' ? 1 : -1
          for (let i = 1; i < scores.length; i++) expect(sign * scores[i]! >= sign * scores[i - 1]!).toBe(true)
          expect(term.monotone).toBe(direction)
        }
      }),
      { numRuns: 15 },
    )
  })

  test('holds for predictions while one value rises', async () => {
    const { table, target } = makeSynthetic('binary', 400)
    const monotone: Record<string, Direction> = { x2: 'increasing' }
    const model = await glassbox(table, target, { monotone })
    const values = Float64Array.from({ length: 200 }, (_, i) => (i - 100) / 25)
    const columns = table.columns.map((column): Column => {
      if (column.kind === 'category') return { ...column, codes: new Int32Array(200) }
      return { ...column, values: column.name === 'x2' ? values : new Float64Array(200).fill(1) }
    })
    const found = expectAccepted(predict(model, { rows: 200, columns }))
    if (found.task !== 'binary') throw new Error('expected a binary prediction')
    for (let i = 1; i < 200; i++) expect(found.probability[i]! >= found.probability[i - 1]!).toBe(true)
  })

  test('costs little where the truth has that direction', async () => {
    const { table, target } = makeSynthetic('regression', 1000)
    const free = numericTerm(await glassbox(table, target), 'x2')
    const held = numericTerm(await glassbox(table, target, { monotone: { x2: 'increasing' } }), 'x2')
    expect(held.importance).toBeGreaterThan(0.9 * free.importance)
  })
})

test('a column of identifiers gains nothing, although each level has a target mean', async () => {
  const { table, target } = makeSynthetic('binary', 1500)
  const codes = Int32Array.from({ length: 1500 }, (_, i) => Math.floor(i / 3))
  const id: Column = { name: 'id', kind: 'category', codes, levels: Array.from({ length: 500 }, (_, i) => `r${i}`) }
  const model = await glassbox({ ...table, columns: [...table.columns, id] }, target)
  const importance = (feature: string) => model.terms.find((term) => nameOfTerm(term) === feature)!.importance
  expect(importance('id')).toBeLessThan(importance('x2') / 8)
})

test('many levels with a real effect are told apart', async () => {
  const random = seededRandom(4)
  const effects = Array.from({ length: 120 }, () => gaussian(random))
  const codes = Int32Array.from({ length: 3000 }, () => random.below(120))
  const values = Float64Array.from(codes, (code) => effects[code]! + 0.3 * gaussian(random))
  const levels = effects.map((_, i) => `level ${i}`)
  const table: Table = { rows: 3000, columns: [{ name: 'shop', kind: 'category', codes, levels }] }
  const found = expectAccepted(predict(await glassbox(table, { task: 'regression', values }), table))
  if (found.task !== 'regression') throw new Error('expected a regression')
  const error = found.value.reduce((sum, value, i) => sum + (value - values[i]!) ** 2, 0) / 3000
  expect(error).toBeLessThan(0.2)
})

describe('the scale of a regression', () => {
  const random = seededRandom(8)
  const x = Float64Array.from({ length: 800 }, () => random.next() * 4)
  const y = Float64Array.from({ length: 800 }, () => random.next() * 3)
  const columns: Column[] = [
    { name: 'x', kind: 'numeric', values: x },
    { name: 'y', kind: 'numeric', values: y },
  ]
  const table: Table = { rows: 800, columns }
  const product = x.map((value, i) => Math.exp(value + y[i]! + 0.1 * gaussian(random)))

  test('is the logarithm where effects multiply, and predictions stay in the range of the target', async () => {
    const model = await glassbox(table, { task: 'regression', values: product })
    expect(model.link).toBe('log')
    const found = expectAccepted(predict(model, table))
    if (found.task !== 'regression') throw new Error('expected a regression')
    const highest = Math.max(...product) * model.logScale!.smear
    for (const value of found.value) expect(value > 0 && value <= highest * (1 + 1e-12)).toBe(true)
  })

  test('is the target itself where it is not positive, or where that is asked for', async () => {
    const lower = await glassbox(table, { task: 'regression', values: product.map((value) => value - 1e6) })
    expect(lower.link).toBe('identity')
    const settings = { glassbox: { regressionLink: 'identity' } }
    expect((await glassbox(table, { task: 'regression', values: product }, { settings })).link).toBe('identity')
  })
})

test('both ways of tracking the gradient find the same curves', async () => {
  for (const task of ['binary', 'multiclass', 'regression'] as const) {
    const request = { trainer: 'glassbox-main', ...makeSynthetic(task, 400), seed: 1 } as const
    const size = { rows: 400, features: 4, outputs: task === 'multiclass' ? 3 : 1 }
    const plan = planBoosting(size, { rounds: 5, smoothingRounds: 2 })
    const features = binTable(request, plan.quantileBins)
    let caught: Parameters<typeof fitBag>[0] | undefined
    await boostBags({ request, features, plan, link: 'identity', onlyBags: 2 }, {
      parallel: async (_, parts) => {
        caught = parts[0] as Parameters<typeof fitBag>[0]
        return parts.map((part) => fitBag(part as Parameters<typeof fitBag>[0]))
      },
    })
    const byMatrix = fitBag({ ...caught!, tracker: 'matrix' })
    const byRows = fitBag({ ...caught!, tracker: 'rows' })
    for (const [i, value] of byMatrix.curves.entries()) {
      expect(Math.abs(value - byRows.curves[i]!), task).toBeLessThan(1e-5)
    }
  }
})

test('the budget is bounded however large the table', () => {
  for (const rows of [100, 10_000, 1_000_000]) {
    for (const features of [1, 14, 300]) {
      for (const outputs of [1, 20]) {
        const plan = planBoosting({ rows, features, outputs }, {})
        expect(plan.bags * plan.rowsPerBag * features * outputs).toBeLessThan(100_000_000)
        expect(plan.settings.rounds).toBeGreaterThanOrEqual(60)
      }
    }
  }
})
