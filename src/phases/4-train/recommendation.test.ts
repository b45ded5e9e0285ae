import { expect, test } from 'vitest'
import { type Contender, recommend } from './recommendation.ts'
import type { TrainerName } from './trainers.ts'

function contender(trainer: TrainerName, ...values: number[]): Contender {
  return { trainer, folds: values.map((auc) => ({ trainRows: 400, testRows: 100, metrics: { auc } })) }
}

const dummy = contender('dummy', 0.5, 0.5, 0.5, 0.5, 0.5)

test('the distinguishably best trainer is recommended', () => {
  const glassbox = contender('glassbox-main', 0.85, 0.84, 0.86, 0.85, 0.85)
  const linear = contender('linear', 0.8, 0.79, 0.81, 0.8, 0.8)
  const found = recommend([glassbox, linear, dummy], 'auc')
  expect(found).toMatchObject({ trainer: 'glassbox-main', best: 'glassbox-main' })
  expect(found.reason).toContain('every other candidate is distinguishably worse')
})

test('of two that are as easy to read and cannot be told apart, the better mean wins and the other is named', () => {
  const glassbox = contender('glassbox-main', 0.85, 0.8, 0.87, 0.82, 0.85)
  const linear = contender('linear', 0.84, 0.82, 0.84, 0.84, 0.84)
  const found = recommend([linear, glassbox, dummy], 'auc')
  expect(found.trainer).toBe('glassbox-main')
  expect(found.reason).toContain('Linear model cannot be told apart from it')
})

test('the baseline is recommended where nothing can be told apart from it', () => {
  const glassbox = contender('glassbox-main', 0.45, 0.62, 0.58, 0.49, 0.53)
  const found = recommend([glassbox, dummy], 'auc')
  expect(found).toMatchObject({ trainer: 'dummy', best: 'glassbox-main' })
  expect(found.reason).toContain('No distinguishable gain')
})

test('a lower log loss is better', () => {
  const folds = (value: number) =>
    Array.from({ length: 5 }, (_, i) => ({ trainRows: 400, testRows: 100, metrics: { logLoss: value + i / 1000 } }))
  const found = recommend(
    [
      { trainer: 'linear', folds: folds(0.4) },
      { trainer: 'dummy', folds: folds(1.1) },
    ],
    'logLoss',
  )
  expect(found.trainer).toBe('linear')
  expect(found.reason).toContain('log loss of 0.402')
})
