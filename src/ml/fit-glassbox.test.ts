import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binTable } from './bin-table.ts'
import { fitBag } from './fit-bag.ts'
import { fitModel } from './fit-model.ts'
import { type Direction, type Loss, type Model, nameOfTerm, type NumericTerm, slotsOfAxis } from './model.ts'
import { planBoosting } from './plan-boosting.ts'
import { predict } from './predict.ts'
import type { Prediction } from './prediction.ts'
import { type Random, seededRandom } from './random.ts'
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

test('both ways of tracking the gradient find the same first curve', () => {
  // Blocks of terms see each other's changes a little later by rows, so one term alone is compared.
  for (const task of ['binary', 'multiclass', 'regression'] as const) {
    const { table, target } = makeSynthetic(task, 400)
    const request = { trainer: 'glassbox-main', table, target, seed: 1 } as const
    const [feature] = binTable(request, 32)
    const outputs = task === 'multiclass' ? 3 : 1
    const values = target.task === 'regression' ? target.values : Float64Array.from(target.codes)
    const input = {
      task: { task, outputs, loss: { kind: 'squared' }, rows: 400 },
      shapes: [{ kind: 'curve', cells: feature!.bins, direction: null }],
      codes: [feature!.codes],
      target: values,
      rowWeights: null,
      fitted: null,
      folds: Int32Array.from(values, (_, i) => i % 8),
      fold: 0,
      bag: 0,
      rowsPerBag: 1000,
      settings: { ...planBoosting({ rows: 400, features: 1, outputs, cells: 34, builds: 1, regression: task === 'regression' }, {}).settings, rounds: 10, largestStep: 4 },
      seed: 1,
    } as const
    const byMatrix = fitBag({ ...input, tracker: 'matrix' }).snapshots.at(-1)!
    const byRows = fitBag({ ...input, tracker: 'rows' }).snapshots.at(-1)!
    for (const [i, value] of byMatrix.entries()) expect(Math.abs(value - byRows[i]!), task).toBeLessThan(1e-5)
  }
})

test('the budget is bounded however large the table', () => {
  for (const rows of [100, 10_000, 1_000_000]) {
    for (const features of [1, 14, 300]) {
      for (const outputs of [1, 20]) {
        const plan = planBoosting({ rows, features, outputs, cells: features * 30, builds: 4, regression: false }, {})
        expect(plan.rowsPerBag * features * outputs).toBeLessThanOrEqual(12_000_000)
        expect(plan.curveBudget + plan.pairBudget).toBeLessThanOrEqual(4e9)
        expect(plan.settings.rounds).toBeGreaterThanOrEqual(60)
      }
    }
  }
})

describe('a pair', () => {
  const random = seededRandom(11)
  const rows = 2000
  const column = (name: string): Column => ({ name, kind: 'numeric', values: Float64Array.from({ length: rows }, () => random.next() * 4 - 2) })
  const columns = ['a', 'b', 'c', 'd'].map(column)
  const valuesOf = (i: number) => (columns[i] as Extract<Column, { kind: 'numeric' }>).values
  const table: Table = { rows, columns }
  const values = Float64Array.from({ length: rows }, (_, i) => {
    const [a, b, c] = [valuesOf(0)[i]!, valuesOf(1)[i]!, valuesOf(2)[i]!]
    return a + (b > 0 ? c : -c) + 0.2 * gaussian(random)
  })
  const target: Target = { task: 'regression', values }
  const paired = (more: object = {}) => glassbox(table, target, { trainer: 'glassbox', ...more })
  const pairsOf = (model: Model) => model.terms.filter((term) => term.kind === 'pair').map(nameOfTerm)

  test('is found where two columns act together, and lowers the error', async () => {
    const model = await paired()
    expect(pairsOf(model)).toContain('b × c')
    const error = (found: Prediction) => {
      if (found.task !== 'regression') throw new Error('expected a regression')
      return found.value.reduce((sum, value, i) => sum + (value - values[i]!) ** 2, 0) / rows
    }
    const alone = await glassbox(table, target)
    expect(error(expectAccepted(predict(model, table)))).toBeLessThan(0.3 * error(expectAccepted(predict(alone, table))))
  })

  test('has a mean of zero over each of its sides, which the curves take', async () => {
    const term = (await paired()).terms.find((one) => nameOfTerm(one) === 'b × c')
    if (term?.kind !== 'pair') throw new Error('no pair')
    const width = slotsOfAxis(term.axes[1])
    for (let i = 1; i < slotsOfAxis(term.axes[0]); i++) {
      let sum = 0
      for (let j = 0; j < width; j++) sum += term.weight[i * width + j]! * term.scores[0]![i * width + j]!
      expect(Math.abs(sum)).toBeLessThan(1e-6)
    }
  })

  test('is left out or taken as asked, and a curve is left out as asked', async () => {
    const model = await paired({ terms: { exclude: [['b', 'c'], ['d']], pairs: [['a', 'd']] } })
    expect(pairsOf(model)).toContain('a × d')
    expect(pairsOf(model)).not.toContain('b × c')
    expect(model.terms.map(nameOfTerm)).not.toContain('d')
  })

  test('keeps the direction of its columns exactly, on ten thousand pairs of rows', async () => {
    const model = await paired({ monotone: { a: 'increasing', c: 'increasing' }, terms: { pairs: [['a', 'c'], ['b', 'c']] } })
    const many = 10_000
    const draw = seededRandom(5)
    const base = columns.map(({ name }) => ({ name, kind: 'numeric' as const, values: Float64Array.from({ length: many }, () => draw.next() * 4 - 2) }))
    for (const moved of [0, 2]) {
      const higher = base.map((one, i) => (i === moved ? { ...one, values: one.values.map((value) => value + draw.next()) } : one))
      const low = expectAccepted(predict(model, { rows: many, columns: base }))
      const high = expectAccepted(predict(model, { rows: many, columns: higher }))
      if (low.task !== 'regression' || high.task !== 'regression') throw new Error('expected a regression')
      for (let i = 0; i < many; i++) expect(high.value[i]! >= low.value[i]!).toBe(true)
    }
  })

  test('is not taken from noise where rows are few', async () => {
    const noise = Float64Array.from({ length: rows }, () => gaussian(random))
    const model = await glassbox(table, { task: 'regression', values: noise }, { trainer: 'glassbox' })
    for (const term of model.terms) expect(term.importance).toBeLessThan(0.15)
  })
})

describe('losses', () => {
  const random = seededRandom(21)
  const rows = 3000
  const x = Float64Array.from({ length: rows }, () => random.next() * 2)
  const table: Table = { rows, columns: [{ name: 'x', kind: 'numeric', values: x }] }
  const fitted = async (values: Float64Array, loss: Loss) => {
    const found = expectAccepted(predict(await glassbox(table, { task: 'regression', values }, { loss }), table))
    if (found.task !== 'regression') throw new Error('expected a regression')
    return found.value
  }
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length

  test('of counts find the mean of a Poisson', async () => {
    const truth = x.map((value) => Math.exp(value - 1))
    const counts = truth.map((rate) => poissonDraw(rate, random))
    const value = await fitted(counts, { kind: 'poisson' })
    expect(mean(value)).toBeCloseTo(mean(counts), 1)
    expect(mean(value.map((one, i) => (one - truth[i]!) ** 2))).toBeLessThan(0.02)
  })

  test('of amounts find the mean of a Gamma', async () => {
    const truth = x.map((value) => Math.exp(value))
    const amounts = truth.map((rate) => -rate * Math.log(1 - random.next()))
    const value = await fitted(amounts, { kind: 'gamma' })
    expect(mean(value.map((one, i) => (one / truth[i]! - 1) ** 2))).toBeLessThan(0.02)
  })

  test('of a quantile leave that share of rows below', async () => {
    const values = x.map((value) => value * (1 + random.next()))
    for (const level of [0.1, 0.5, 0.9]) {
      const value = await fitted(values, { kind: 'quantile', level })
      expect(mean(value.map((one, i) => (values[i]! <= one ? 1 : 0)))).toBeCloseTo(level, 1)
    }
  })
})

test('a row of weight zero counts for nothing, and a heavy one for many', async () => {
  const { table, target } = makeSynthetic('regression', 1200)
  if (target.task !== 'regression') throw new Error('expected a regression')
  const spoiled = target.values.map((value, i) => (i % 3 === 0 ? value + 100 : value))
  const weights = Float64Array.from(spoiled, (_, i) => (i % 3 === 0 ? 0 : 1))
  const model = await glassbox(table, { task: 'regression', values: spoiled }, { weights })
  const found = expectAccepted(predict(model, table))
  if (found.task !== 'regression') throw new Error('expected a regression')
  const off = found.value.reduce((sum, value, i) => sum + Math.abs(value - target.values[i]!), 0) / 1200
  expect(off).toBeLessThan(1)
})

test('ordered levels keep their order and may be held to a direction', async () => {
  const random = seededRandom(31)
  const levels = ['low', 'fair', 'good', 'fine', 'best']
  const codes = Int32Array.from({ length: 800 }, () => random.below(5))
  const values = Float64Array.from(codes, (code) => [0, 2, 1, 3, 4][code]! + 0.1 * gaussian(random))
  const table: Table = { rows: 800, columns: [{ name: 'cut', kind: 'category', codes, levels, ordered: true }] }
  const model = await glassbox(table, { task: 'regression', values }, { monotone: { cut: 'increasing' } })
  const [term] = model.terms
  if (term?.kind !== 'category') throw new Error('no term of levels')
  expect(term.levels).toEqual(levels)
  expect(term.ordered).toBe(true)
  for (let i = 1; i < 5; i++) expect(term.scores[0]![i]! >= term.scores[0]![i - 1]!).toBe(true)
})

test('bands hold the truth about as often as they say', async () => {
  let inside = 0
  let bins = 0
  for (let seed = 1; seed <= 6; seed++) {
    const random = seededRandom(seed, 77)
    const x = Float64Array.from({ length: 1500 }, () => random.next())
    const values = x.map((value) => 2 * value + gaussian(random))
    const table: Table = { rows: 1500, columns: [{ name: 'x', kind: 'numeric', values: x }] }
    const term = numericTerm(await glassbox(table, { task: 'regression', values }), 'x')
    for (let bin = 1; bin + 1 < term.weight.length; bin++) {
      const truth = 2 * ((term.edges[bin - 1]! + term.edges[bin]!) / 2) - 1
      bins++
      if (truth >= term.lower![0]![bin]! && truth <= term.upper![0]![bin]!) inside++
    }
  }
  expect(inside / bins).toBeGreaterThan(0.8)
})

function poissonDraw(rate: number, random: Random): number {
  let product = random.next()
  let count = 0
  while (product > Math.exp(-rate)) {
    product *= random.next()
    count++
  }
  return count
}
