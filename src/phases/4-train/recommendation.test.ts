import { expect, test } from 'vitest'
import type { Contender } from '#ml/recommend-trainer'
import { recommend } from './recommendation.ts'
import type { TrainerName } from './trainers.ts'

function contender(trainer: TrainerName, ...values: number[]): Contender<TrainerName> {
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

test('a baseline that cannot be told from an unsteady best, but from another trainer, is not recommended', () => {
  const glassbox = contender('glassbox-main', 0.99, 0.45, 0.99, 0.99, 0.6)
  const linear = contender('linear', 0.7, 0.71, 0.7, 0.7, 0.69)
  const found = recommend([glassbox, linear, dummy], 'auc')
  expect(found.trainer).toBe('glassbox-main')
  expect(found.reason).toBe(
    'It has the best mean, a mean AUC of 0.804; the baseline and Linear model cannot be told apart from it, but Linear model is distinguishably better than the baseline.',
  )
})

test('a mean below zero is shown as it is', () => {
  const folds = [-0.02, -0.03, -0.02].map((r2) => ({ trainRows: 400, testRows: 100, metrics: { r2 } }))
  expect(recommend([{ trainer: 'linear', folds }], 'r2').reason).toContain('a mean R² of −0.0233')
})
