import { describe, expect, test } from 'vitest'
import golden from '../../tests/golden/ml-linear.json' with { type: 'json' }
import { fitModel } from './fit-model.ts'
import type { Prediction } from './prediction.ts'
import { predict } from './predict.ts'
import { seededRandom } from './random.ts'
import { expectAccepted } from './refusal.ts'
import { gaussian } from './synthetic.testkit.ts'
import type { Column, Table, Target } from './table.ts'

const columns: Column[] = [
  { name: 'x', kind: 'numeric', values: Float64Array.from(golden.x) },
  { name: 'y', kind: 'numeric', values: Float64Array.from(golden.y) },
  { name: 'level', kind: 'category', codes: Int32Array.from(golden.level), levels: ['a', 'b', 'c', 'd'] },
]
const table: Table = { rows: golden.x.length, columns }

async function fitted(target: Target, lambda?: number): Promise<Prediction> {
  const settings = lambda === undefined ? {} : { linear: { lambda } }
  const model = expectAccepted(await fitModel({ trainer: 'linear', table, target, settings, seed: 1 }))
  return expectAccepted(predict(model, table))
}

describe('with a given penalty the predictions are those of scikit-learn', () => {
  test('logistic regression', async () => {
    const target = { task: 'binary', codes: Int32Array.from(golden.binary.codes), classes: ['no', 'yes'] } as const
    const found = await fitted(target, golden.lambdas.binary)
    if (found.task !== 'binary') throw new Error('expected a binary prediction')
    for (const [i, p] of golden.binary.probability.entries()) expect(found.probability[i]).toBeCloseTo(p, 6)
  })

  test('softmax regression', async () => {
    const codes = Int32Array.from(golden.multiclass.codes)
    const found = await fitted({ task: 'multiclass', codes, classes: ['a', 'b', 'c'] }, golden.lambdas.multiclass)
    if (found.task !== 'multiclass') throw new Error('expected a multiclass prediction')
    for (const [k, of] of golden.multiclass.probabilities.entries()) {
      for (const [i, p] of of.entries()) expect(found.probabilities[k]![i]).toBeCloseTo(p, 5)
    }
  })

  test('ridge regression', async () => {
    const values = Float64Array.from(golden.regression.values)
    const found = await fitted({ task: 'regression', values }, golden.lambdas.regression)
    if (found.task !== 'regression') throw new Error('expected a regression')
    for (const [i, value] of golden.regression.predicted.entries()) expect(found.value[i]).toBeCloseTo(value, 7)
  })
})

test('with more columns than rows a strong penalty is chosen and nothing breaks', async () => {
  const random = seededRandom(3)
  const wide: Column[] = Array.from({ length: 80 }, (_, i) => ({
    name: `x${i}`,
    kind: 'numeric',
    values: Float64Array.from({ length: 40 }, () => gaussian(random)),
  }))
  const copies = wide.slice(0, 5).map((column) => ({ ...column, name: `${column.name} again` }))
  const codes = Int32Array.from({ length: 40 }, () => random.below(2))
  const target: Target = { task: 'binary', codes, classes: ['a', 'b'] }
  const data = { rows: 40, columns: [...wide, ...copies] }
  const model = expectAccepted(await fitModel({ trainer: 'linear', table: data, target, seed: 1 }))
  expect(model.training.lambda).toBeGreaterThanOrEqual(10)
  expect(JSON.stringify(model)).not.toContain('null')
})

test('a missing number has an effect of its own', async () => {
  const random = seededRandom(6)
  const values = Float64Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? Number.NaN : random.next()))
  const truth = values.map((value) => (Number.isNaN(value) ? 5 : value))
  const data: Table = { rows: 300, columns: [{ name: 'x', kind: 'numeric', values }] }
  const model = expectAccepted(
    await fitModel({ trainer: 'linear', table: data, target: { task: 'regression', values: truth }, seed: 1 }),
  )
  const found = expectAccepted(predict(model, data))
  if (found.task !== 'regression') throw new Error('expected a regression')
  for (const [i, value] of truth.entries()) expect(found.value[i]).toBeCloseTo(value, 2)
})
