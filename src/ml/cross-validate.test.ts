import { expect, test } from 'vitest'
import { crossValidate } from './cross-validate.ts'
import { makeFolds } from './folds.ts'
import { expectAccepted } from './refusal.ts'
import { makeSynthetic } from './synthetic.testkit.ts'
import { tasks } from './tasks.ts'

test('every row gets a prediction of a model that did not see it', async () => {
  for (const task of ['binary', 'multiclass', 'regression'] as const) {
    const { table, target } = makeSynthetic(task, 240)
    const folds = makeFolds(target, { kind: 'random', folds: 3, seed: 1 })
    const found = expectAccepted(await crossValidate({ trainer: 'linear', table, target, seed: 1 }, folds))
    expect([...found.rows].sort((a, b) => a - b)).toEqual([...Array(240).keys()])
    expect(found.folds.map((fold) => fold.trainRows)).toEqual([160, 160, 160])
    const dummy = expectAccepted(await crossValidate({ trainer: 'dummy', table, target, seed: 1 }, folds))
    expect(found.metrics.logLoss ?? found.metrics.rmse).toBeLessThan((dummy.metrics.logLoss ?? dummy.metrics.rmse)!)
  }
})

test('a fold without one of the classes is judged all the same', async () => {
  const { table } = makeSynthetic('binary', 40)
  const codes = Int32Array.from({ length: 40 }, (_, i) => (i < 3 ? i : 0))
  const target = { task: 'multiclass', codes, classes: ['a', 'b', 'c'] } as const
  const folds = makeFolds(target, { kind: 'time', folds: 3, times: Float64Array.from({ length: 40 }, (_, i) => i) })
  const found = expectAccepted(await crossValidate({ trainer: 'glassbox-main', table, target, seed: 1 }, folds))
  expect(Number.isFinite(found.metrics.logLoss)).toBe(true)
})

test('a refusal comes back as it is', async () => {
  const { table, target } = makeSynthetic('binary', 40)
  const folds = makeFolds(target, { kind: 'random', folds: 2, seed: 1 })
  const request = { trainer: 'glassbox-main', table, target, monotone: { nobody: 'increasing' }, seed: 1 } as const
  expect(await crossValidate(request, folds)).toMatchObject({ refused: true, code: 'monotone-column-unknown' })
})

test('inputs and outputs of the tasks can be cloned to another thread', async () => {
  const { table, target } = makeSynthetic('binary', 60)
  const request = { trainer: 'glassbox-main', table, target, seed: 1 } as const
  const [fold] = makeFolds(target, { kind: 'random', folds: 3, seed: 1 })
  const result = await tasks.evaluateFold(structuredClone({ request, fold: fold! }), {})
  expect(structuredClone(result)).toEqual(result)
})
