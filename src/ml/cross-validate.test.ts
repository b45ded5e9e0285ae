import { expect, test } from 'vitest'
import { crossValidate } from './cross-validate.ts'
import { evaluateFold } from './evaluate-fold.ts'
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

test('weights are heeded by fits and metrics, and a row of weight 0 by neither', async () => {
  const { table, target } = makeSynthetic('regression', 120)
  if (target.task !== 'regression') throw new Error('a regression was asked for')
  const folds = makeFolds(target, { kind: 'random', folds: 3, seed: 1 })
  const weights = Float64Array.from({ length: 120 }, (_, row) => row % 4)
  const spoilt = { ...target, values: target.values.map((value, row) => (row % 4 === 0 ? 1e6 : value)) }
  const settings = { linear: { lambda: 1 } }
  const judge = async (of: typeof target) => expectAccepted(await crossValidate({ trainer: 'linear', table, target: of, weights, settings, seed: 1 }, folds))
  const [plain, other] = [await judge(target), await judge(spoilt)]
  expect(other.metrics.rmse).toBeCloseTo(plain.metrics.rmse!, 9)
  expect(other.folds.map(({ metrics }) => metrics.r2)).toEqual(plain.folds.map(({ metrics }) => expect.closeTo(metrics.r2!, 9)))
})

test('a fold says what it fits, and its progress only rises', async () => {
  const { table, target } = makeSynthetic('binary', 120)
  const [fold] = makeFolds(target, { kind: 'random', folds: 3, seed: 1 })
  const told: [number, string | undefined][] = []
  const request = { trainer: 'glassbox', table, target, seed: 1 } as const
  expectAccepted(await evaluateFold({ request, fold: fold!, title: 'fold 1' }, { progress: (fraction, text) => told.push([fraction, text]) }))
  expect(told.length).toBeGreaterThan(2)
  expect(told.map(([fraction]) => fraction)).toEqual(told.map(([fraction]) => fraction).toSorted((a, b) => a - b))
  expect(told.every(([, text]) => text?.startsWith('fold 1'))).toBe(true)
})
