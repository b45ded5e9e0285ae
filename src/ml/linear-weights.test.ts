import { describe, expect, test } from 'vitest'
import { fitModel } from './fit-model.ts'
import type { FitRequest } from './fit-request.ts'
import type { Model } from './model.ts'
import { predict } from './predict.ts'
import { seededRandom } from './random.ts'
import { expectAccepted } from './refusal.ts'
import { makeSynthetic } from './synthetic.testkit.ts'
import { takeRows, takeTarget } from './table.ts'

const TASKS = ['binary', 'multiclass', 'regression'] as const

async function fitted(request: Pick<FitRequest, 'table' | 'target'> & Partial<FitRequest>): Promise<Model> {
  return expectAccepted(await fitModel({ trainer: 'linear', seed: 1, ...request }))
}

/** All numbers of the terms and intercepts, in order. */
function numbersOf(model: Model): number[] {
  const found: number[] = []
  const visit = (value: unknown): void => {
    if (typeof value === 'number') found.push(value)
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) visit(part)
  }
  visit([model.intercepts, model.terms])
  return found
}

function expectSameNumbers(one: Model, other: Model, digits: number): void {
  const [a, b] = [numbersOf(one), numbersOf(other)]
  expect(a.length).toBe(b.length)
  for (const [i, value] of a.entries())
    expect(value / Math.max(1, Math.abs(value))).toBeCloseTo(b[i]! / Math.max(1, Math.abs(value)), digits)
}

const penalties = TASKS.flatMap((task) => [0, 0.5, 1].map((l1Ratio) => ({ task, l1Ratio })))

describe.each(penalties)('$task with l1Ratio $l1Ratio', ({ task, l1Ratio }) => {
  const { table, target } = makeSynthetic(task, 400)
  const settings = { linear: { lambda: 3, l1Ratio } }
  const random = seededRandom(7)
  const weights = Float64Array.from({ length: 400 }, () => random.below(4))

  test('a weight of 3 is the row three times, a weight of 0 no row', async () => {
    const repeated = Int32Array.from(
      [...weights.keys()].flatMap((row) => Array.from({ length: weights[row]! }, () => row)),
    )
    const many = { table: takeRows(table, repeated), target: takeTarget(target, repeated) }
    const weighted = await fitted({ table, target, weights, settings })
    expectSameNumbers(weighted, await fitted({ ...many, settings }), 8)
    // The weights matter: without them the model is another.
    const plain = await fitted({ table, target, settings })
    expect(Math.abs(plain.intercepts[0]! - weighted.intercepts[0]!)).toBeGreaterThan(1e-4)
  })

  test('weights of 1 are no weights', async () => {
    const ones = new Float64Array(400).fill(1)
    expectSameNumbers(
      await fitted({ table, target, weights: ones, settings }),
      await fitted({ table, target, settings }),
      8,
    )
  })
})

test.each(TASKS)(
  '%s: weights in another unit choose the penalty in that unit, and give the same predictions',
  async (task) => {
    const { table, target } = makeSynthetic(task, 400)
    const random = seededRandom(8)
    const weights = Float64Array.from({ length: 400 }, () => 0.2 + random.next())
    for (const l1Ratio of [0, 0.5]) {
      const settings = { linear: { l1Ratio } }
      const plain = await fitted({ table, target, weights, settings })
      const small = await fitted({ table, target, weights: weights.map((weight) => weight / 64), settings })
      expect(small.training.lambda).toBeCloseTo(plain.training.lambda! / 64, 9)
      const [one, other] = [expectAccepted(predict(plain, table)), expectAccepted(predict(small, table))]
      if (one.task === 'multiclass' && other.task === 'multiclass') {
        for (const [k, of] of one.probabilities.entries()) {
          for (const [i, p] of of.entries()) expect(other.probabilities[k]![i]).toBeCloseTo(p, 5)
        }
      } else if (one.task === 'binary' && other.task === 'binary') {
        for (const [i, p] of one.probability.entries()) expect(other.probability[i]).toBeCloseTo(p, 6)
      } else if (one.task === 'regression' && other.task === 'regression') {
        for (const [i, value] of one.value.entries()) expect(other.value[i]).toBeCloseTo(value, 6)
      } else throw new Error('the tasks differ')
    }
  },
)

test('the baseline weighs rows: shares, mean and quantile', async () => {
  const table = { rows: 4, columns: [] }
  const weights = Float64Array.of(1, 0, 3, 4)
  const dummy = async (request: Partial<FitRequest> & Pick<FitRequest, 'target'>) =>
    (await fitted({ trainer: 'dummy', table, weights, ...request })).intercepts
  const values = { task: 'regression', values: Float64Array.of(10, 99, 20, 40) } as const
  expect(await dummy({ target: values })).toEqual([(10 + 60 + 160) / 8])
  const codes = Int32Array.of(0, 2, 1, 2)
  const shares = await dummy({ target: { task: 'multiclass', codes, classes: ['a', 'b', 'c'] } })
  expect(shares.map((score) => Math.exp(score))).toEqual(
    [1.5, 3.5, 4.5].map((count) => expect.closeTo(count / 9.5, 12)),
  )
  const odds = await dummy({ target: { task: 'binary', codes: Int32Array.of(0, 1, 1, 0), classes: ['a', 'b'] } })
  expect(odds[0]).toBeCloseTo(Math.log(3.5 / 5.5), 12)
  // Half of the weight lies at 20 and below, a little more only at 40.
  expect(await dummy({ target: values, loss: { kind: 'quantile', level: 0.5 } })).toEqual([20])
  expect(await dummy({ target: values, loss: { kind: 'quantile', level: 0.51 } })).toEqual([40])
  expect(await dummy({ target: values, loss: { kind: 'quantile', level: 0.05 } })).toEqual([10])
})

test('weights that sum to one do not make levels rare or classes absent', async () => {
  const { table, target } = makeSynthetic('binary', 400)
  const weights = new Float64Array(400).fill(1 / 400)
  const shares = await fitted({ trainer: 'dummy', table, target, weights })
  expect(shares.intercepts[0]).toBeCloseTo((await fitted({ trainer: 'dummy', table, target })).intercepts[0]!, 9)
  const model = await fitted({ table, target, weights })
  const plain = await fitted({ table, target })
  const binsOf = (found: Model) => found.terms.flatMap((term) => (term.kind === 'category' ? term.bins : []))
  expect(binsOf(model)).toEqual(binsOf(plain))
})
