import { expect, test } from 'vitest'
import { confusionMatrix } from './confusion.ts'
import { chooseThreshold } from './threshold.ts'

const probability = Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.6, 0.9)
const codes = Int32Array.of(0, 0, 1, 0, 1, 1)

test('the highest F1 calls what it says', () => {
  const { highestF1, half } = chooseThreshold({ codes, probability })
  expect(highestF1.threshold).toBeCloseTo(0.25, 12)
  expect(highestF1).toMatchObject({ truePositives: 3, falsePositives: 1, trueNegatives: 2, falseNegatives: 0 })
  expect(highestF1.f1).toBeCloseTo(6 / 7, 12)
  expect(half).toMatchObject({ truePositives: 2, falsePositives: 0, falseNegatives: 1 })
})

test('dear misses lower the threshold, dear alarms raise it', () => {
  const misses = chooseThreshold({ codes, probability, costs: { falsePositive: 1, falseNegative: 10 } })
  const alarms = chooseThreshold({ codes, probability, costs: { falsePositive: 10, falseNegative: 1 } })
  expect(misses.lowestCost.threshold).toBeLessThan(alarms.lowestCost.threshold)
  expect(misses.lowestCost.cost).toBe(1)
  expect(alarms.lowestCost.cost).toBe(1)
})

test('equal probabilities are called alike', () => {
  const same = new Float64Array(4).fill(0.5)
  const { highestF1 } = chooseThreshold({ codes: Int32Array.of(0, 1, 0, 1), probability: same })
  expect(highestF1).toMatchObject({ truePositives: 2, falsePositives: 2 })
})

test('the confusion matrix counts true classes in rows and calls in columns', () => {
  const target = { task: 'binary', codes, classes: ['no', 'yes'] } as const
  const { counts } = confusionMatrix(target, { task: 'binary', score: probability, probability }, 0.35)
  expect(counts).toEqual([[2, 1], [1, 2]])
})
