import { startCompute } from '#compute/start-compute'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Context } from './context.ts'
import { fitModel } from './fit-model.ts'
import type { FitRequest } from './fit-request.ts'
import { measure } from './measure.ts'
import type { Forest, Model } from './model.ts'
import { predict, scoreRows } from './predict.ts'
import { seededRandom } from './random.ts'
import { expectAccepted } from './refusal.ts'
import type { Row } from './score-row.ts'
import { scoreRow } from './score-row.ts'
import { gaussian, makeSynthetic } from './synthetic.testkit.ts'
import { type Column, type Table, takeRows, takeTarget } from './table.ts'
import { tasks } from './tasks.ts'

async function fitted(request: Omit<FitRequest, 'trainer' | 'seed'>, context: Context = {}): Promise<Model> {
  return expectAccepted(await fitModel({ trainer: 'trees', seed: 1, ...request }, context))
}

function forestOf(model: Model): Forest {
  if (!model.forest) throw new Error('there is no forest')
  return model.forest
}

/** A column of whole numbers and a target that a function of them gives. */
function numbers(rows: number, seed: number, limit: number): Float64Array {
  const random = seededRandom(seed)
  return Float64Array.from({ length: rows }, () => random.below(limit))
}

describe('a fit', () => {
  test.each(['binary', 'multiclass', 'regression'] as const)('learns the truth of a %s table', async (task) => {
    const { table, target } = makeSynthetic(task, 6000)
    const rows = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i)
    const model = await fitted({ table: takeRows(table, rows(0, 4000)), target: takeTarget(target, rows(0, 4000)) })
    const metrics = measure(takeTarget(target, rows(4000, 6000)), expectAccepted(predict(model, takeRows(table, rows(4000, 6000)))))
    if (task === 'binary') expect(metrics.auc).toBeGreaterThan(0.85)
    if (task === 'multiclass') expect(metrics.logLoss).toBeLessThan(0.5)
    if (task === 'regression') expect(metrics.r2).toBeGreaterThan(0.9)
    const [x1 = 0, x2 = 0, noise = 0, city = 0] = forestOf(model).importance
    expect(Math.min(x1, x2, city)).toBeGreaterThan(2 * noise)
  })

  test('is plain JSON, and its intercept is the mean score of the rows it learnt from', async () => {
    const { table, target } = makeSynthetic('regression', 500)
    const model = await fitted({ table, target })
    const again: Model = JSON.parse(JSON.stringify(model))
    expect(again).toEqual(model)
    const [scores = new Float64Array(0)] = expectAccepted(scoreRows(again, table))
    expect(scores.reduce((sum, score) => sum + score, 0) / 500).toBeCloseTo(model.intercepts[0] ?? 0, 12)
    for (const tree of forestOf(model).trees.flat()) {
      expect(tree.weight.reduce((sum, weight) => sum + weight, 0)).toBe(500)
      expect(Math.min(...tree.weight)).toBeGreaterThanOrEqual(20)
      expect(tree.value.length).toBeLessThanOrEqual(31)
    }
  })

  test('obeys its settings', async () => {
    const { table, target } = makeSynthetic('binary', 800)
    const settings = { trees: { rounds: 7, leaves: 5, rowsPerLeaf: 60, learningRate: 0.3 } }
    const { trees } = forestOf(await fitted({ table, target, settings }))
    expect(trees.map((rounds) => rounds.length)).toEqual([7])
    expect(Math.max(...trees.flat().map((tree) => tree.value.length))).toBe(5)
    // Rows of a leaf are estimated from hessians, which differ.
    expect(Math.min(...trees.flat().flatMap((tree) => tree.weight))).toBeGreaterThan(30)
    const bold = await fitted({ table, target, settings: { trees: { rounds: 1, learningRate: 1 } } })
    const shy = await fitted({ table, target, settings: { trees: { rounds: 1, learningRate: 1, lambda: 1e9 } } })
    const spread = (model: Model): number => Math.max(...forestOf(model).trees.flat().flatMap((tree) => tree.value.map(Math.abs)))
    expect(spread(bold)).toBeGreaterThan(1)
    expect(spread(shy)).toBeLessThan(1e-6)
  })

  test('of what cannot be split is its intercept', async () => {
    const same: Column[] = [
      { name: 'a', kind: 'numeric', values: new Float64Array(60).fill(3) },
      { name: 'b', kind: 'numeric', values: new Float64Array(60).fill(Number.NaN) },
      { name: 'c', kind: 'category', codes: new Int32Array(60), levels: ['x', 'y'] },
    ]
    const target = { task: 'regression' as const, values: numbers(60, 1, 9) }
    const model = await fitted({ table: { rows: 60, columns: same }, target })
    expect(forestOf(model)).toMatchObject({ trees: [[]], importance: [0, 0, 0] })
    expect(model.intercepts[0]).toBeCloseTo(target.values.reduce((sum, value) => sum + value, 0) / 60, 12)
    const alone = await fitted({ table: takeRows({ rows: 60, columns: same }, Int32Array.of(0)), target: takeTarget(target, Int32Array.of(0)) })
    expect(alone.intercepts).toEqual([target.values[0]])
    const varied = { rows: 60, columns: [{ name: 'a', kind: 'numeric' as const, values: numbers(60, 2, 9) }] }
    expect(forestOf(await fitted({ table: varied, target: { task: 'regression', values: new Float64Array(60).fill(5) } })).trees).toEqual([[]])
  })
})

describe('whatever the number of threads', () => {
  const { table, target } = makeSynthetic('binary', 26_000)
  const shared: Table = {
    rows: table.rows,
    columns: table.columns.map((column) => (column.kind === 'numeric' ? { ...column, values: Float64Array.from(column.values) } : column)),
  }
  const settings = { trees: { rounds: 6 } }

  test.each([1, 2, 4])('%i threads give the model of none, byte for byte', async (threads) => {
    const compute = startCompute({ threads, memoryLimitMb: 512 })
    onTestFinished(() => compute.close())
    const { signal } = new AbortController()
    const parallel = (task: string, parts: readonly unknown[]) => compute.parallel(task, parts, { signal })
    const inLine = await fitted({ table, target, settings })
    for (let repeat = 0; repeat < 3; repeat++) {
      expect(JSON.stringify(await fitted({ table: shared, target, settings }, { parallel }))).toBe(JSON.stringify(inLine))
    }
  })

  test('parts that are run one after another give it too, and several classes', async () => {
    const parallel = async (task: string, parts: readonly unknown[]) => {
      const ends: unknown[] = []
      for (const part of parts) ends.push(await Reflect.get(tasks, task)(part))
      return ends
    }
    const several = makeSynthetic('multiclass', 26_000)
    for (const data of [{ table, target }, several]) {
      const inLine = await fitted({ ...data, settings })
      expect(JSON.stringify(await fitted({ ...data, settings }, { parallel }))).toBe(JSON.stringify(inLine))
    }
  })
})

describe('missing and unknown values', () => {
  const rows = 2000
  const half = numbers(rows, 3, 2)

  test('go to the side that fits them', async () => {
    for (const side of [0, 9]) {
      const x = numbers(rows, 4, 10)
      const values = x.map((value) => (value > 4 ? 1 : 0))
      for (let i = 0; i < rows; i += 5) {
        x[i] = Number.NaN
        values[i] = side > 4 ? 1 : 0
      }
      const table: Table = { rows, columns: [{ name: 'x', kind: 'numeric', values: x }] }
      const score = scoreRow(await fitted({ table, target: { task: 'regression', values } }))
      const at = (value: number | null): number => (score({ x: value }) as { value: number }).value
      expect(at(null)).toBeCloseTo(at(side), 6)
      expect(Math.abs(at(0) - at(9))).toBeGreaterThan(0.9)
    }
  })

  test('are told from numbers where that is all there is to tell', async () => {
    const values = half.map((one) => (one === 1 ? 5 : Number.NaN))
    const codes = Int32Array.from(half, (one) => one - 1)
    const columns: Column[] = [
      { name: 'number', kind: 'numeric', values },
      { name: 'text', kind: 'category', codes, levels: ['only'] },
    ]
    for (const column of columns) {
      const table: Table = { rows, columns: [column] }
      const model = await fitted({ table, target: { task: 'regression', values: half } })
      const score = scoreRow(model)
      const at = (value: number | string | null): number => (score({ [column.name]: value }) as { value: number }).value
      expect(at(null)).toBeLessThan(0.01)
      expect(at(column.kind === 'numeric' ? 1e9 : 'only')).toBeGreaterThan(0.99)
    }
  })

  test('that no training row has go where most rows go', async () => {
    const x = Float64Array.from({ length: rows }, (_, i) => (i % 10 < 7 ? 1 : 2))
    const text = Int32Array.from(x, (value) => value - 1)
    for (const column of [
      { name: 'x', kind: 'numeric', values: x },
      { name: 'x', kind: 'category', codes: text, levels: ['often', 'seldom'] },
    ] as const) {
      const model = await fitted({ table: { rows, columns: [column] }, target: { task: 'regression', values: x } })
      const score = scoreRow(model)
      expect((score({ x: null }) as { value: number }).value).toBeLessThan(1.1)
    }
  })

  test('of more levels than there are codes are learnt by what is frequent, and an unknown one goes with the rest', async () => {
    const random = seededRandom(5)
    const levels = Array.from({ length: 400 }, (_, i) => `level ${i}`)
    const codes = Int32Array.from({ length: 20_000 }, () => Math.floor(400 * random.next() ** 2))
    const values = Float64Array.from(codes, (code) => (code < 200 && code % 3 === 0 ? 4 : 0) + gaussian(random) / 4)
    const table: Table = { rows: codes.length, columns: [{ name: 'x', kind: 'category', codes, levels }] }
    const model = await fitted({ table, target: { task: 'regression', values } })
    const score = scoreRow(model)
    const at = (value: string | null): number => (score({ x: value }) as { value: number }).value
    for (const code of [0, 3, 30, 60]) expect(at(`level ${code}`)).toBeGreaterThan(3)
    for (const code of [1, 4, 31, 61]) expect(at(`level ${code}`)).toBeLessThan(1)
    expect(at('never seen')).toBe(at('level 399'))
    expect(Math.abs(at('never seen'))).toBeLessThan(1)
  })
})

describe('directions', () => {
  const rows = 3000
  const random = seededRandom(8)
  const grades = ['E', 'D', 'C', 'B', 'A']
  const x = Float64Array.from({ length: rows }, (_, i) => (i % 11 === 0 ? Number.NaN : gaussian(random)))
  const z = Float64Array.from({ length: rows }, () => gaussian(random))
  const grade = Int32Array.from({ length: rows }, (_, i) => (i % 13 === 0 ? -1 : random.below(5)))
  const town = Int32Array.from({ length: rows }, () => random.below(12))
  const score = x.map((value, i) => Math.sin(3 * (Number.isNaN(value) ? 1 : value)) + (z[i] ?? 0) * Math.cos(town[i] ?? 0) + Math.abs((grade[i] ?? 0) - 2))
  const table: Table = {
    rows,
    columns: [
      { name: 'x', kind: 'numeric', values: x },
      { name: 'grade', kind: 'category', codes: grade, levels: grades, ordered: true },
      { name: 'z', kind: 'numeric', values: z },
      { name: 'town', kind: 'category', codes: town, levels: Array.from({ length: 12 }, (_, i) => `t${i}`) },
    ],
  }
  const targets = {
    regression: { task: 'regression', values: score },
    binary: { task: 'binary', classes: ['no', 'yes'], codes: Int32Array.from(score, (value) => (value + gaussian(random) > 1 ? 1 : 0)) },
  } as const
  const monotone = { x: 'increasing', grade: 'decreasing' } as const

  /** Pairs of rows that differ in one feature only, of which the score goes against the direction. */
  function violations(model: Model): number {
    const draw = seededRandom(99)
    const one = scoreRow(model)
    const scoreOf = (row: Row): number => {
      const said = one(row)
      return 'score' in said ? said.score : 'value' in said ? said.value : Number.NaN
    }
    let against = 0
    for (let pair = 0; pair < 10_000; pair++) {
      const row: Row = {
        x: draw.below(9) === 0 ? null : 2 * gaussian(draw),
        grade: draw.below(9) === 0 ? null : (grades[draw.below(5)] ?? null),
        z: 2 * gaussian(draw),
        town: `t${draw.below(12)}`,
      }
      if (pair % 2 === 0) {
        const [low, high] = [gaussian(draw), gaussian(draw)].sort((a, b) => a - b)
        if (scoreOf({ ...row, x: low ?? 0 }) > scoreOf({ ...row, x: high ?? 0 })) against++
      } else {
        const [low, high] = [draw.below(5), draw.below(5)].sort((a, b) => a - b)
        if (scoreOf({ ...row, grade: grades[low ?? 0] ?? '' }) < scoreOf({ ...row, grade: grades[high ?? 0] ?? '' })) against++
      }
    }
    return against
  }

  test.each(['regression', 'binary'] as const)('hold exactly for every pair of rows of a %s', async (task) => {
    const held = await fitted({ table, target: targets[task], monotone })
    expect(violations(held)).toBe(0)
    expect(forestOf(held).importance.slice(0, 2).every((importance) => importance > 0)).toBe(true)
    expect(violations(await fitted({ table, target: targets[task] }))).toBeGreaterThan(100)
  })
})

describe('weights', () => {
  test('are the weights of the leaves, and a row of weight zero teaches nothing', async () => {
    const { table, target } = makeSynthetic('regression', 1200)
    if (target.task !== 'regression') throw new Error('expected numbers')
    const values = target.values.map((value, i) => (i % 3 === 0 ? value + 1000 : value))
    const weights = values.map((_, i) => (i % 3 === 0 ? 0 : 1 + (i % 4)))
    const model = await fitted({ table, target: { task: 'regression', values }, weights })
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    for (const tree of forestOf(model).trees.flat()) expect(tree.weight.reduce((sum, weight) => sum + weight, 0)).toBe(total)
    const [scores = new Float64Array(0)] = expectAccepted(scoreRows(model, table))
    expect(Math.max(...scores)).toBeLessThan(10)
    const kept = Int32Array.from({ length: 1200 }, (_, i) => i).filter((i) => i % 3 !== 0)
    const without = await fitted({ table: takeRows(table, kept), target: takeTarget(target, kept), weights: weights.filter((weight) => weight > 0) })
    const [others = new Float64Array(0)] = expectAccepted(scoreRows(without, table))
    const gap = scores.reduce((sum, score, i) => sum + Math.abs(score - (others[i] ?? 0)), 0) / 1200
    expect(gap).toBeLessThan(0.2)
  })

  test.each(['binary', 'multiclass'] as const)('move the shares of a %s from which it starts', async (task) => {
    const { table, target } = makeSynthetic(task, 900)
    if (target.task === 'regression') throw new Error('expected classes')
    const weights = Float64Array.from(target.codes, (code) => (code === 1 ? 3 : 1))
    const model = await fitted({ table, target, weights, settings: { trees: { rounds: 0 } } })
    const counts = target.classes.map((_, k) => target.codes.reduce((sum, code) => sum + Number(code === k), 0) * (k === 1 ? 3 : 1))
    const total = counts.reduce((sum, count) => sum + count, 0)
    const expected = task === 'binary' ? [Math.log((counts[1] ?? 0) / (counts[0] ?? 0))] : counts.map((count) => Math.log(count / total))
    for (const [k, start] of expected.entries()) expect(model.intercepts[k]).toBeCloseTo(start, 2)
  })
})

describe('a caller', () => {
  const { table, target } = makeSynthetic('binary', 400)

  test('hears of every round, and can stop between two', async () => {
    const told: number[] = []
    const signal = { aborted: false }
    const progress = (fraction: number): void => {
      told.push(fraction)
      if (told.length === 3) signal.aborted = true
    }
    await expect(fitModel({ trainer: 'trees', table, target, seed: 1 }, { progress, signal })).rejects.toMatchObject({ name: 'Stopped' })
    expect(told).toEqual([0.01, 0.02, 0.03])
  })
})
