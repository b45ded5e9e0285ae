import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Context } from './context.ts'
import { explain } from './explain.ts'
import { fitModel } from './fit-model.ts'
import type { FitRequest } from './fit-request.ts'
import { measure } from './measure.ts'
import { type Model, nameOfTerm, type Trainer } from './model.ts'
import { predict, scoreRows } from './predict.ts'
import { seededRandom, shuffledRows } from './random.ts'
import { expectAccepted } from './refusal.ts'
import { type Row, scoreRow } from './score-row.ts'
import { shapes } from './shapes.ts'
import { makeSynthetic } from './synthetic.testkit.ts'
import { type Column, type Table, type Target, takeRows } from './table.ts'
import { type TaskName, tasks } from './tasks.ts'

const TASKS = ['binary', 'multiclass', 'regression'] as const
const TRAINERS: Trainer[] = ['glassbox-main', 'linear', 'dummy']

async function fitted(request: Partial<FitRequest> & Pick<FitRequest, 'table' | 'target'>): Promise<Model> {
  return expectAccepted(await fitModel({ trainer: 'glassbox-main', seed: 1, ...request }))
}

function rowOf(table: Table, row: number): Row {
  const cells = table.columns.map((column): [string, number | string | null] => {
    if (column.kind === 'category') return [column.name, column.levels[column.codes[row]!] ?? null]
    const value = column.values[row]!
    return [column.name, Number.isNaN(value) ? null : value]
  })
  return Object.fromEntries(cells)
}

const cases = TASKS.flatMap((task) => TRAINERS.map((trainer) => ({ task, trainer })))

describe.each(cases)('$trainer for $task', ({ task, trainer }) => {
  const { table, target } = makeSynthetic(task, 300)
  const model = fitted({ trainer, table, target })

  test('the model is plain JSON without a number that JSON lacks', async () => {
    const plain = await model
    expect(JSON.parse(JSON.stringify(plain))).toEqual(plain)
    expect(JSON.stringify(plain)).not.toContain('null')
  })

  test('one row is scored exactly as in a batch', async () => {
    const prediction = expectAccepted(predict(await model, table))
    const score = scoreRow(await model)
    for (let i = 0; i < table.rows; i++) {
      const found = expectAccepted(score(rowOf(table, i)))
      if (found.task === 'binary' && prediction.task === 'binary') {
        expect(found).toEqual({ task, score: prediction.score[i], probability: prediction.probability[i] })
      } else if (found.task === 'regression' && prediction.task === 'regression') {
        expect(found.value).toBe(prediction.value[i])
      } else if (found.task === 'multiclass' && prediction.task === 'multiclass') {
        expect(found.probabilities).toEqual(prediction.probabilities.map((of) => of[i]))
      } else throw new Error('the tasks differ')
    }
  })

  test('contributions add up to the score exactly', async () => {
    const sums = expectAccepted(scoreRows(await model, table))
    for (let i = 0; i < table.rows; i += 7) {
      const found = expectAccepted(explain(await model, table, i))
      expect(found.scores).toEqual(sums.map((of) => of[i]))
      const added = found.contributions.reduce(
        (so, { contributions }) => so.map((sum, k) => sum + contributions[k]!),
        found.intercepts,
      )
      expect(added).toEqual(found.scores)
    }
  })

  test('every term has the mean zero over the training rows', async () => {
    const plain = await model
    for (const term of plain.terms) {
      const alone = { ...plain, terms: [term], intercepts: plain.intercepts.map(() => 0) }
      for (const sum of expectAccepted(scoreRows(alone, table))) {
        expect(Math.abs(sum.reduce((a, b) => a + b, 0) / table.rows)).toBeLessThan(1e-9)
      }
    }
  })

  test('the same seed gives the same model', async () => {
    expect(JSON.stringify(await fitted({ trainer, table, target }))).toBe(JSON.stringify(await model))
  })

  test('the shapes name every feature once, the most important first', async () => {
    const drawn = shapes(await model)
    expect(drawn.map(({ name }) => name).sort()).toEqual((await model).terms.map(nameOfTerm).sort())
    expect(drawn.map(({ importance }) => importance)).toEqual(
      drawn.map(({ importance }) => importance).sort((a, b) => b - a),
    )
  })
})

test('workers or none, the model has the same bits', async () => {
  const calls: string[] = []
  const parallel: Context['parallel'] = async (task, parts) => {
    calls.push(task)
    const run = tasks[task as TaskName] as (input: unknown, context: object) => unknown
    // Backwards and through a clone, as other threads would.
    const answers: unknown[] = []
    for (const part of parts.toReversed()) answers.unshift(structuredClone(await run(structuredClone(part), {})))
    return answers
  }
  for (const trainer of ['glassbox-main', 'linear'] as const) {
    for (const task of TASKS) {
      const request = { trainer, ...makeSynthetic(task, 250), seed: 3 }
      expect(await fitModel(request, { parallel })).toEqual(await fitModel(request))
    }
  }
  expect(new Set(calls)).toEqual(new Set(['fitBag', 'scoreLambdas']))
})

test('better than the baseline on rows it has not seen', async () => {
  for (const task of TASKS) {
    const { table, target } = makeSynthetic(task, 1200)
    const fresh = makeSynthetic(task, 1201, 9)
    const quality = async (trainer: Trainer): Promise<number> => {
      const prediction = predict(await fitted({ trainer, table, target }), fresh.table)
      const found = measure(fresh.target, expectAccepted(prediction))
      return found.r2 ?? -(found.logLoss ?? 0)
    }
    const [glassbox, linear, dummy] = await Promise.all(TRAINERS.map(quality))
    expect(glassbox!).toBeGreaterThan(linear!)
    expect(linear!).toBeGreaterThan(dummy!)
  }
})

test('columns may be called as members of every object are', async () => {
  const { table, target } = makeSynthetic('binary', 300)
  const hostile = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf']
  const named: Table = { ...table, columns: table.columns.map((column, i) => ({ ...column, name: hostile[i] ?? `c${i}` })) }
  for (const trainer of ['glassbox', 'glassbox-main', 'trees', 'linear'] as const) {
    const [plain, renamed] = [await fitted({ table, target, trainer }), await fitted({ table: named, target, trainer, monotone: {} })]
    expect(structuredClone(renamed)).toEqual(renamed)
    expect(predict(renamed, named)).toEqual(predict(plain, table))
  }
})

test('levels are matched by their text, whatever their order in the table', async () => {
  const { table, target } = makeSynthetic('binary', 300)
  const city = table.columns.find((column): column is Column & { kind: 'category' } => column.kind === 'category')!
  const levels = city.levels.toReversed()
  const codes = city.codes.map((code) => (code < 0 ? -1 : city.levels.length - 1 - code))
  const columns = table.columns.map((column) => (column === city ? { ...city, levels, codes } : column))
  const turned = { ...table, columns: columns.toReversed() }
  for (const trainer of TRAINERS) {
    const model = await fitted({ trainer, table, target })
    expect(predict(model, turned)).toEqual(predict(model, table))
  }
})

test('a level never seen in training takes the unseen score', async () => {
  const { table, target } = makeSynthetic('binary', 300)
  const model = await fitted({ table, target })
  const term = model.terms.find((candidate) => candidate.kind === 'category')!
  const found = expectAccepted(explain(model, moved(table, 'Atlantis'), 0))
  const city = found.contributions.find(({ name }) => name === 'city')!
  expect(city).toEqual({ name: 'city', features: ['city'], values: ['Atlantis'], contributions: term.unseen })
})

function moved(table: Table, level: string): Table {
  const columns = table.columns.map((column) =>
    column.kind === 'category' ? { ...column, codes: column.codes.map(() => 0), levels: [level] } : column,
  )
  return { ...table, columns }
}

describe('refusals', () => {
  const { table, target } = makeSynthetic('binary', 60)

  test('a column that the table lacks, or has as another kind', async () => {
    const model = await fitted({ table, target })
    const fewer = { ...table, columns: table.columns.slice(1) }
    expect(predict(model, fewer)).toMatchObject({ refused: true, code: 'missing-column' })
    expect(scoreRow(model)({ x2: 1 })).toMatchObject({ refused: true, code: 'missing-column' })
    const [first, ...others] = table.columns
    const text: Column = { name: first!.name, kind: 'category', codes: new Int32Array(60), levels: ['1'] }
    expect(predict(model, { ...table, columns: [text, ...others] })).toMatchObject({ code: 'column-kind-differs' })
  })

  test('requests that cannot be fitted', async () => {
    const code = async (request: Partial<FitRequest>) =>
      (await fitModel({ trainer: 'glassbox-main', table, target, seed: 1, ...request })) as { code?: string }
    const numbers = (values: Float64Array): Target => ({ task: 'regression', values })
    const none = { table: { rows: 0, columns: [] }, target: numbers(new Float64Array(0)) }
    const undefinedTarget = numbers(new Float64Array(60).fill(Number.NaN))
    const third: Target = { task: 'binary', codes: new Int32Array(60).fill(2), classes: ['no', 'yes'] }
    expect(await code(none)).toMatchObject({ code: 'no-rows' })
    expect(await code({ table: takeRows(table, Int32Array.of(1, 2)) })).toMatchObject({ code: 'row-count-differs' })
    expect(await code({ target: undefinedTarget })).toMatchObject({ code: 'target-not-finite' })
    expect(await code({ target: third })).toMatchObject({ code: 'class-out-of-range' })
    expect(await code({ monotone: { x9: 'increasing' } })).toMatchObject({ code: 'monotone-column-unknown' })
    expect(await code({ monotone: { city: 'increasing' } })).toMatchObject({ code: 'monotone-needs-numbers' })
    const three = makeSynthetic('multiclass', 60)
    const refused = await code({ ...three, monotone: { x1: 'increasing' } })
    expect(refused).toMatchObject({ code: 'monotone-not-for-multiclass' })
  })

  test('a signal stops the fit', async () => {
    const request = { trainer: 'glassbox-main', table, target, seed: 1 } as const
    await expect(fitModel(request, { signal: { aborted: true } })).rejects.toThrow('stopped')
  })
})

describe('odd tables neither crash nor give numbers that are not finite', () => {
  const ids = (rows: number): string[] => Array.from({ length: rows }, (_, i) => `r${i}`)
  const odd = (rows: number): Column[] => [
    { name: 'constant', kind: 'numeric', values: new Float64Array(rows).fill(3) },
    { name: 'empty', kind: 'numeric', values: new Float64Array(rows).fill(Number.NaN) },
    { name: 'huge', kind: 'numeric', values: Float64Array.from({ length: rows }, (_, i) => (i % 2 ? 1e300 : -1e300)) },
    { name: 'one', kind: 'category', codes: new Int32Array(rows), levels: ['only'] },
    { name: 'blank', kind: 'category', codes: new Int32Array(rows).fill(-1), levels: [] },
    { name: 'id', kind: 'category', codes: Int32Array.from(ids(rows), (_, i) => i), levels: ids(rows) },
  ]
  const targets = (rows: number): Target[] => [
    { task: 'binary', codes: Int32Array.from({ length: rows }, (_, i) => i % 2), classes: ['a', 'b'] },
    { task: 'binary', codes: new Int32Array(rows), classes: ['a', 'b'] },
    {
      task: 'multiclass',
      codes: Int32Array.from({ length: rows }, (_, i) => i % 4),
      classes: ['a', 'b', 'c', 'd', 'never'],
    },
    { task: 'regression', values: Float64Array.from({ length: rows }, (_, i) => 2 ** (i % 9)) },
    { task: 'regression', values: new Float64Array(rows).fill(5) },
  ]

  test.each([1, 2, 4, 70])('%i rows', async (rows) => {
    const table = { rows, columns: odd(rows) }
    for (const target of targets(rows)) {
      for (const trainer of TRAINERS) {
        const model = await fitted({ trainer, table, target })
        expect(JSON.stringify(model), `${trainer} ${target.task}`).not.toContain('null')
        const metrics = measure(target, expectAccepted(predict(model, table)))
        for (const value of Object.values(metrics)) expect(Number.isFinite(value)).toBe(true)
      }
    }
  })

  test('a table without columns is the baseline', async () => {
    const target: Target = { task: 'regression', values: Float64Array.of(1, 3, 5) }
    for (const trainer of TRAINERS) {
      const model = await fitted({ trainer, table: { rows: 3, columns: [] }, target })
      expect(model.intercepts[0]).toBeCloseTo(3, 9)
    }
  })
})

test('permuted rows give a linear model of the same predictions', async () => {
  const { table, target } = makeSynthetic('regression', 200)
  const settings = { linear: { lambda: 1 } }
  const values = target.task === 'regression' ? target.values : new Float64Array(0)
  const plain = expectAccepted(predict(await fitted({ trainer: 'linear', table, target, settings }), table))
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const rows = shuffledRows(200, seededRandom(seed))
      const turned: Target = { task: 'regression', values: Float64Array.from(rows, (row) => values[row]!) }
      const model = await fitted({ trainer: 'linear', table: takeRows(table, rows), target: turned, settings })
      const found = expectAccepted(predict(model, table))
      if (found.task !== 'regression' || plain.task !== 'regression') throw new Error('the tasks differ')
      for (let i = 0; i < 200; i++) expect(found.value[i]).toBeCloseTo(plain.value[i]!, 6)
    }),
    { numRuns: 5 },
  )
})
