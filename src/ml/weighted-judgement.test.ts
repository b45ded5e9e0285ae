import { describe, expect, test } from 'vitest'
import golden from '../../tests/golden/ml-weighted-judgement.json' with { type: 'json' }
import { bootstrapMetrics } from './bootstrap.ts'
import { bootstrapDifference } from './bootstrap-difference.ts'
import { calibrate } from './calibrate.ts'
import { calibratedProbability, fitCalibrationMap } from './calibration-map.ts'
import { confusionMatrix } from './confusion.ts'
import { crossValidate } from './cross-validate.ts'
import { evaluateFold } from './evaluate-fold.ts'
import { fitLogisticCurve } from './fit-logistic-curve.ts'
import { fitModel } from './fit-model.ts'
import { makeFolds } from './folds.ts'
import { measure } from './measure.ts'
import type { Metrics } from './metrics.ts'
import type { Prediction } from './prediction.ts'
import { predict } from './predict.ts'
import { seededRandom } from './random.ts'
import { expectAccepted } from './refusal.ts'
import { judgePrediction, judgeReliability } from './reliability.ts'
import { summariseResiduals } from './residuals.ts'
import { takeWeights } from './row-weights.ts'
import { makeSynthetic } from './synthetic.testkit.ts'
import { takeCodes, takeNumbers, takeRows, takeTarget } from './table.ts'
import { chooseThreshold } from './threshold.ts'

const weights = Float64Array.from(golden.weights)
const codes = Int32Array.from(golden.binary.codes)
const probability = Float64Array.from(golden.binary.probability)
const score = probability.map((p) => Math.log(p / (1 - p)))
const binary = { task: 'binary', codes, classes: ['no', 'yes'] } as const
const said: Prediction = { task: 'binary', score, probability }

const three = { task: 'multiclass', codes: Int32Array.from(golden.multiclass.codes), classes: ['a', 'b', 'c'] } as const
const saidOfThree: Prediction = {
  task: 'multiclass',
  probabilities: golden.multiclass.probabilities.map((of) => Float64Array.from(of)),
}

const truth = Float64Array.from(golden.regression.truth)
const value = Float64Array.from(golden.regression.value)
const numbers = { task: 'regression', values: truth } as const

function expectMetrics(found: Metrics, recorded: Record<string, number>): void {
  expect(Object.keys(found).sort()).toEqual(Object.keys(recorded).sort())
  for (const [name, number] of Object.entries(recorded))
    expect(found[name as keyof Metrics], name).toBeCloseTo(number, 12)
}

describe('weighted rows are judged as scikit-learn and numpy judge them', () => {
  test('measures', () => {
    expectMetrics(measure(binary, said, weights), golden.binary.metrics)
    expectMetrics(measure(three, saidOfThree, weights), golden.multiclass.metrics)
    expectMetrics(measure(numbers, { task: 'regression', value }, weights), golden.regression.metrics)
  })

  test('confusion matrices', () => {
    const close = (counts: number[][]) => counts.map((row) => row.map((count) => expect.closeTo(count, 10)))
    const found = confusionMatrix(binary, said, { threshold: 0.35, weights })
    expect(found.counts).toEqual(close(golden.binary.confusion))
    expect(confusionMatrix(three, saidOfThree, { weights }).counts).toEqual(close(golden.multiclass.confusion))
  })

  test('precision, recall and the highest F1', () => {
    const { half, highestF1 } = chooseThreshold({ codes, probability, weights })
    expect(half.precision).toBeCloseTo(golden.binary.precision, 12)
    expect(half.recall).toBeCloseTo(golden.binary.recall, 12)
    expect(highestF1.f1).toBeCloseTo(golden.binary.highestF1, 12)
  })

  test('the logistic curve of the scores, and the isotonic map', () => {
    const curve = fitLogisticCurve({ scores: score, codes, weights }, false)
    expect(curve.slope).toBeCloseTo(golden.binary.slope, 6)
    expect(curve.intercept).toBeCloseTo(golden.binary.intercept, 6)
    const judged = judgePrediction(binary, said, weights)
    expect(judged.slope).toBe(curve.slope)
    expect(judged.brier).toBeCloseTo(golden.binary.metrics.brier, 12)
    const map = fitCalibrationMap('isotonic', { scores: score, codes, weights })
    let inside = 0
    for (const [i, asked] of golden.binary.asked.entries()) {
      const recorded = golden.binary.isotonic[i]!
      if (recorded < 0.1 || recorded > 0.9) continue
      inside++
      expect(calibratedProbability(map, asked)).toBeCloseTo(recorded, 9)
    }
    expect(inside).toBeGreaterThan(10)
  })

  test('residuals', () => {
    const found = summariseResiduals(truth, value, weights)
    expect(found.mean).toBeCloseTo(golden.regression.mean, 12)
    expect(found.deviation).toBeCloseTo(golden.regression.deviation, 12)
    expect(found.rows).toBe(golden.weights.filter((weight) => weight > 0).length)
    for (const [share, recorded] of Object.entries(golden.regression.quantiles)) {
      expect(found.quantiles.find((one) => one.share === Number(share))?.value, share).toBeCloseTo(recorded, 12)
    }
    for (const [share, recorded] of Object.entries(golden.regression.within)) {
      expect(found.within.find((one) => one.share === Number(share))?.value, share).toBeCloseTo(recorded, 12)
    }
  })
})

describe('a weight of 3 is the row three times, a weight of 0 no row', () => {
  const random = seededRandom(4)
  const counts = Float64Array.from({ length: codes.length }, () => random.below(4))
  const repeated = Int32Array.from([...counts.keys()].flatMap((row) => Array.from({ length: counts[row]! }, () => row)))
  const many = { codes: takeCodes(codes, repeated), probability: takeNumbers(probability, repeated) }

  test('in the choice of the threshold', () => {
    const costs = { falsePositive: 3, falseNegative: 1 }
    const found = chooseThreshold({ codes, probability, weights: counts, costs })
    expect(found).toEqual(chooseThreshold({ ...many, costs }))
  })

  test('in the bins of reliability, whose intervals tell a heavy row from many', () => {
    const found = judgeReliability(codes, probability, counts)
    const other = judgeReliability(many.codes, many.probability)
    expect(found.bins.map(({ rate }) => rate)).toEqual(other.bins.map(({ rate }) => expect.closeTo(rate, 12)))
    expect(found.expectedError).toBeCloseTo(other.expectedError, 12)
    expect(found.slope).toBeCloseTo(other.slope, 9)
    for (const [i, { low, high }] of found.bins.entries()) {
      expect(high - low).toBeGreaterThanOrEqual(other.bins[i]!.high - other.bins[i]!.low)
    }
    // Of equal weights the unit does not matter.
    const thirds = judgeReliability(codes, probability, new Float64Array(codes.length).fill(1 / 3))
    const plain = judgeReliability(codes, probability)
    expect(thirds.bins).toEqual(plain.bins.map((bin) => closeBin(bin)))
  })

  test('in the maps of calibration', () => {
    for (const kind of ['platt', 'isotonic'] as const) {
      const one = fitCalibrationMap(kind, { scores: score, codes, weights: counts })
      const other = fitCalibrationMap(kind, { scores: takeNumbers(score, repeated), codes: many.codes })
      for (const asked of [-3, -1, -0.2, 0.4, 1.5, 4]) {
        expect(calibratedProbability(one, asked)).toBeCloseTo(calibratedProbability(other, asked), 9)
      }
    }
  })

  test('in what is measured of a fold', async () => {
    for (const task of ['binary', 'multiclass', 'regression'] as const) {
      const { table, target } = makeSynthetic(task, 240)
      const own = Float64Array.from({ length: 240 }, () => random.below(3))
      const fold = makeFolds(target, { kind: 'random', folds: 3, seed: 1 })[0]!
      const settings = { linear: { lambda: 2 } }
      const request = { trainer: 'linear', table, target, weights: own, settings, seed: 1 } as const
      const found = expectAccepted(await evaluateFold({ request, fold }))
      const repeat = (rows: Int32Array) =>
        Int32Array.from([...rows].flatMap((row) => Array.from({ length: own[row]! }, () => row)))
      const [train, judged] = [repeat(fold.train), repeat(fold.test)]
      const learnt = {
        ...request,
        table: takeRows(table, train),
        target: takeTarget(target, train),
        weights: undefined,
      }
      const model = expectAccepted(await fitModel(learnt))
      const other = measure(takeTarget(target, judged), expectAccepted(predict(model, takeRows(table, judged))))
      for (const [name, number] of Object.entries(other))
        expect(found.metrics[name as keyof Metrics], name).toBeCloseTo(number, 6)
    }
  })
})

function closeBin(bin: ReturnType<typeof judgeReliability>['bins'][number]) {
  return Object.fromEntries(Object.entries(bin).map(([name, number]) => [name, expect.closeTo(number, 12)]))
}

test('cross-validation measures all folds together with the weights of their rows', async () => {
  const { table, target } = makeSynthetic('regression', 240)
  const own = Float64Array.from({ length: 240 }, (_, i) => (i % 3) / 2)
  const folds = makeFolds(target, { kind: 'random', folds: 3, seed: 1 })
  const request = {
    trainer: 'linear',
    table,
    target,
    weights: own,
    settings: { linear: { lambda: 1 } },
    seed: 1,
  } as const
  const found = expectAccepted(await crossValidate(request, folds))
  expect(found.metrics).toEqual(measure(takeTarget(target, found.rows), found.prediction, takeWeights(own, found.rows)))
  expect(found.metrics).not.toEqual(measure(takeTarget(target, found.rows), found.prediction))
})

test('a fold whose test rows have no weight measures nothing, one whose training rows have none is refused', async () => {
  const { table, target } = makeSynthetic('binary', 60)
  const [train, judged] = [
    Int32Array.from({ length: 40 }, (_, i) => i),
    Int32Array.from({ length: 20 }, (_, i) => 40 + i),
  ]
  const own = Float64Array.from({ length: 60 }, (_, i) => (i < 40 ? 1 : 0))
  const request = { trainer: 'dummy', table, target, weights: own, seed: 1 } as const
  expect(expectAccepted(await evaluateFold({ request, fold: { train, test: judged } })).metrics).toEqual({})
  const turned = await evaluateFold({ request, fold: { train: judged, test: train } })
  expect(turned).toMatchObject({ refused: true, code: 'weight-not-valid' })
})

test('intervals are around the weighted measure, and rows without weight are never drawn', () => {
  const { metrics, rows } = bootstrapMetrics({ target: binary, prediction: said, weights, seed: 1, resamples: 300 })
  expect(rows).toBe(golden.weights.filter((weight) => weight > 0).length)
  for (const [name, recorded] of Object.entries(golden.binary.metrics)) {
    const { value: measured, low, high } = metrics[name as keyof Metrics]!
    expect(measured, name).toBeCloseTo(recorded, 12)
    expect(low, name).toBeLessThan(recorded)
    expect(high, name).toBeGreaterThan(recorded)
  }
  const ones = new Float64Array(codes.length).fill(1)
  const plain = { target: binary, prediction: said, seed: 1, resamples: 50 }
  expect(bootstrapMetrics({ ...plain, weights: ones })).toEqual(bootstrapMetrics(plain))
  // The same without the rows that have no weight.
  const counting = Int32Array.from([...weights.keys()].filter((row) => weights[row]! > 0))
  const fewer = {
    target: takeTarget(binary, counting),
    prediction: {
      task: 'binary',
      score: takeNumbers(score, counting),
      probability: takeNumbers(probability, counting),
    },
    weights: takeWeights(weights, counting),
    seed: 1,
    resamples: 300,
  } as const
  for (const [name, interval] of Object.entries(bootstrapMetrics(fewer).metrics)) {
    expect(interval.low, name).toBeCloseTo(metrics[name as keyof Metrics]!.low, 12)
  }
})

test('a difference is between the weighted measures', () => {
  const coin: Prediction = { task: 'binary', score: score.map(() => 0), probability: probability.map(() => 0.5) }
  const input = { target: binary, baseline: coin, candidate: said, weights, seed: 1, resamples: 100 }
  const { metrics, rows } = bootstrapDifference(input)
  expect(rows).toBe(golden.weights.filter((weight) => weight > 0).length)
  expect(metrics.auc).toMatchObject({ baseline: 0.5, candidate: expect.closeTo(golden.binary.metrics.auc, 12) })
})

test('calibration heeds weights: rows of weight zero change nothing, heavy ones do', () => {
  const random = seededRandom(5)
  const drawn = Float64Array.from({ length: 2000 }, () => (random.next() - 0.5) * 6)
  // Half of the rows are too sure, the other half honest.
  const sure = drawn.map((_, i) => (i % 2 === 0 ? 0.4 : 1))
  const happened = Int32Array.from(drawn, (one, i) => (random.next() < 1 / (1 + Math.exp(-sure[i]! * one)) ? 1 : 0))
  const even = Float64Array.from(drawn, (_, i) => (i % 2 === 0 ? 1 : 0))
  const rows = Int32Array.from({ length: 1000 }, (_, i) => 2 * i)
  const found = calibrate({ score: drawn, codes: happened, weights: even, seed: 1 })
  expect(found).toEqual(
    calibrate({
      score: takeNumbers(drawn, rows),
      codes: takeCodes(happened, rows),
      weights: new Float64Array(1000).fill(1),
      seed: 1,
    }),
  )
  expect(found.before.slope).toBeCloseTo(0.4, 1)
  const honest = calibrate({ score: drawn, codes: happened, weights: even.map((weight) => 1 - weight), seed: 1 })
  expect(honest.map).toEqual({ kind: 'identity' })
  expect(honest.before.slope).toBeCloseTo(1, 0)
})
