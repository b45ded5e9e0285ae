import { expect, test } from 'vitest'
import golden from '../../tests/golden/ml-calibration.json' with { type: 'json' }
import { calibrate } from './calibrate.ts'
import { calibratedProbability, fitCalibrationMap } from './calibration-map.ts'
import { fitLogisticCurve } from './fit-logistic-curve.ts'
import { seededRandom } from './random.ts'
import { judgeReliability, wilsonInterval } from './reliability.ts'

const score = Float64Array.from(golden.score)
const codes = Int32Array.from(golden.codes)

test('the isotonic map is that of scikit-learn, half a row away from certainty', () => {
  const map = fitCalibrationMap('isotonic', { scores: score, codes })
  const margin = 0.5 / score.length
  for (const [i, asked] of golden.asked.entries()) {
    const recorded = Math.min(1 - margin, Math.max(margin, golden.isotonic[i]!))
    expect(Math.abs(calibratedProbability(map, asked) - recorded)).toBeLessThan(margin + 1e-12)
    if (golden.isotonic[i]! > 0.1 && golden.isotonic[i]! < 0.9) {
      expect(calibratedProbability(map, asked)).toBeCloseTo(recorded, 9)
    }
  }
})

test('slope and intercept are those of an unpenalised logistic regression', () => {
  const found = fitLogisticCurve({ scores: score, codes }, false)
  expect(found.slope).toBeCloseTo(golden.slope, 6)
  expect(found.intercept).toBeCloseTo(golden.intercept, 6)
})

function drawCodes(factor: number, rows = 4000) {
  const random = seededRandom(5)
  const drawn = Float64Array.from({ length: rows }, () => (random.next() - 0.5) * 6)
  const truth = Int32Array.from(drawn, (value) => (random.next() < 1 / (1 + Math.exp(-factor * value)) ? 1 : 0))
  return { score: drawn, codes: truth, seed: 1 }
}

test('scores that are too sure get a map that lowers the loss', () => {
  const found = calibrate(drawCodes(0.4))
  expect(found.map.kind).toBe('platt')
  expect(found.after.expectedError).toBeLessThan(found.before.expectedError)
  expect(found.before.slope).toBeCloseTo(0.4, 1)
})

test('honest scores are left alone', () => {
  const found = calibrate(drawCodes(1))
  expect(found.map).toEqual({ kind: 'identity' })
  expect(found.candidates.map((candidate) => candidate.difference.verdict)).not.toContain('gain')
})

test('separable scores stay finite', () => {
  const found = calibrate({ score: Float64Array.of(-2, -1, 1, 2), codes: Int32Array.of(0, 0, 1, 1), seed: 1 })
  expect(JSON.stringify(found)).not.toContain('null')
})

test('reliability bins keep equal probabilities together and count every row', () => {
  const probability = Float64Array.from({ length: 100 }, (_, i) => (i < 55 ? 0.2 : 0.7))
  const truth = Int32Array.from({ length: 100 }, (_, i) => (i % 5 === 0 ? 1 : 0))
  const found = judgeReliability(truth, probability)
  expect(found.bins.map((bin) => bin.rows)).toEqual([55, 45])
  expect(found.expectedError).toBeCloseTo(0.45 * 0.5, 12)
})

test("Wilson's interval is the textbook one", () => {
  // 5 of 10: centre 0.5, half width 1.96 / 1.38415 x sqrt(0.025 + 0.0096).
  const { low, high } = wilsonInterval(5, 10)
  expect(low).toBeCloseTo(0.2365931, 6)
  expect(high).toBeCloseTo(0.7634069, 6)
  expect(wilsonInterval(0, 10).low).toBe(0)
})
