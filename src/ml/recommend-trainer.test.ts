import { expect, test } from 'vitest'
import type { Trainer } from './model.ts'
import { type Contender, recommendTrainer } from './recommend-trainer.ts'

function contender(trainer: Trainer, ...values: number[]): Contender {
  return { trainer, folds: values.map((auc) => ({ trainRows: 400, testRows: 100, metrics: { auc } })) }
}

const dummy = contender('dummy', 0.5, 0.5, 0.5, 0.5, 0.5)
const main = contender('glassbox-main', 0.84, 0.82, 0.85, 0.83, 0.84)
const pairs = contender('glassbox', 0.87, 0.85, 0.88, 0.86, 0.87)
const linear = contender('linear', 0.83, 0.83, 0.84, 0.83, 0.83)

test('trees are not recommended while a glass box cannot be told from them', () => {
  const trees = contender('trees', 0.88, 0.86, 0.87, 0.88, 0.87)
  const found = recommendTrainer([dummy, linear, main, pairs, trees], 'auc')
  expect(found).toMatchObject({ trainer: 'glassbox', best: 'trees', level: ['trees', 'glassbox'], beatsBaseline: 'trees' })
  expect(found.mean).toBeCloseTo(0.866, 12)
})

test('trees are recommended where every other trainer is distinguishably worse', () => {
  const trees = contender('trees', 0.93, 0.92, 0.93, 0.92, 0.93)
  expect(recommendTrainer([dummy, linear, main, pairs, trees], 'auc')).toMatchObject({ trainer: 'trees', level: ['trees'] })
})

test('pairs have to earn their place against curves of one column', () => {
  const noisy = contender('glassbox-main', 0.9, 0.8, 0.89, 0.82, 0.89)
  const found = recommendTrainer([dummy, pairs, noisy], 'auc')
  expect(found).toMatchObject({ trainer: 'glassbox-main', best: 'glassbox' })
  expect(recommendTrainer([dummy, pairs, main], 'auc').trainer).toBe('glassbox')
})

test('of curves and lines the better mean is taken, whatever their order', () => {
  expect(recommendTrainer([dummy, linear, main], 'auc').trainer).toBe('glassbox-main')
  expect(recommendTrainer([main, linear, dummy], 'auc').trainer).toBe('glassbox-main')
})

test('the baseline is recommended where nothing can be told from it', () => {
  const lucky = contender('trees', 0.45, 0.62, 0.58, 0.49, 0.53)
  expect(recommendTrainer([lucky, dummy], 'auc')).toMatchObject({ trainer: 'dummy', best: 'trees' })
  expect(recommendTrainer([contender('trees', 0.9), contender('dummy', 0.5)], 'auc').trainer).toBe('dummy')
})

test('the baseline is not recommended where something is distinguishably better, though the best mean is not', () => {
  const unsteady = contender('trees', 0.99, 0.45, 0.99, 0.99, 0.6)
  const steady = contender('glassbox', 0.7, 0.71, 0.7, 0.7, 0.69)
  const found = recommendTrainer([dummy, steady, unsteady], 'auc')
  expect(found).toMatchObject({ trainer: 'glassbox', best: 'trees', beatsBaseline: 'glassbox' })
  expect(found.level).toEqual(['trees', 'glassbox', 'dummy'])
})

test('of a loss the lowest is best', () => {
  const folds = (value: number) =>
    [0, 1, 2, 3, 4].map((i) => ({ trainRows: 400, testRows: 100, metrics: { rmse: value + i / 100 } }))
  const contenders = [
    { trainer: 'dummy', folds: folds(3) },
    { trainer: 'linear', folds: folds(1) },
  ] as const
  expect(recommendTrainer(contenders, 'rmse')).toEqual({
    trainer: 'linear',
    best: 'linear',
    mean: 1.02,
    level: ['linear'],
    beatsBaseline: 'linear',
  })
})
