import { describe, expect, test } from 'vitest'
import { nullProbability, nullStatistics, nullThreshold, probabilityBound } from './drift-null.ts'
import { driftStatistic, movedShare } from './drift-statistic.ts'
import { testDrift } from './drift-test.ts'
import { criticalProbability } from './false-discovery.ts'
import { drawHypergeometric } from './hypergeometric.ts'
import { logFactorial } from './log-factorial.ts'
import { seededRandom } from './random.ts'

const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k)

test('the logarithm of a factorial is as its sum of logarithms, below and above the table', () => {
  for (const k of [0, 1, 2, 1023, 1024, 5000]) {
    let sum = 0
    for (let i = 2; i <= k; i++) sum += Math.log(i)
    expect(logFactorial(k)).toBeCloseTo(sum, 8)
  }
})

test.each([
  [7, 5, 6],
  [30, 90, 40],
  [90, 30, 100],
  [2_000, 8_000, 500],
])('of %i and %i balls, %i draws are spread as the hypergeometric distribution says', (counting, others, drawn) => {
  const random = seededRandom(3)
  const tries = 20_000
  const seen = new Map<number, number>()
  for (let i = 0; i < tries; i++) {
    const k = drawHypergeometric({ counting, others, drawn }, random)
    seen.set(k, (seen.get(k) ?? 0) + 1)
  }
  let [statistic, bins] = [0, 0]
  for (let k = Math.max(0, drawn - others); k <= Math.min(counting, drawn); k++) {
    const expected = tries * Math.exp(logChoose(counting, k) + logChoose(others, drawn - k) - logChoose(counting + others, drawn))
    if (expected < 20) continue
    statistic += ((seen.get(k) ?? 0) - expected) ** 2 / expected
    bins++
  }
  // The 99.99 % quantile of chi-square by its normal approximation.
  expect(statistic).toBeLessThan(bins + 3.72 * Math.sqrt(2 * bins) + 8)
})

/** Every batch of some size out of a pool, with its probability. */
function tablesOf(pool: readonly number[], batchRows: number): { batch: number[]; probability: number }[] {
  const total = pool.reduce((sum, count) => sum + count, 0)
  const [first, ...rest] = pool
  if (first === undefined) return batchRows === 0 ? [{ batch: [], probability: 1 }] : []
  const tables: { batch: number[]; probability: number }[] = []
  for (let k = 0; k <= Math.min(first, batchRows); k++) {
    const share = Math.exp(logChoose(first, k) + logChoose(total - first, batchRows - k) - logChoose(total, batchRows))
    for (const table of tablesOf(rest, batchRows - k)) tables.push({ batch: [k, ...table.batch], probability: share * table.probability })
  }
  return tables
}

test('the drawn null distribution is that of all batches out of the pool, and the bound lies above it', () => {
  const pool = [12, 9, 3, 1]
  const all = tablesOf(pool, 8).map(({ batch, probability }) => {
    const sample = { reference: pool.map((count, bin) => count - (batch[bin] ?? 0)), batch }
    return { probability, sample, statistic: driftStatistic(sample) }
  })
  expect(all.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9)
  const nulls = nullStatistics({ pool, batchRows: 8, draws: 20_000, random: seededRandom(5) })
  for (const { sample, statistic } of all) {
    const exact = all.reduce((sum, other) => sum + (other.statistic >= statistic - 1e-9 ? other.probability : 0), 0)
    expect(Math.abs(nullProbability(nulls, statistic) - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 20_000) + 1e-4)
    expect(probabilityBound(sample, statistic)).toBeGreaterThanOrEqual(Math.min(1, exact) - 1e-12)
  }
})

test('a statistic above the threshold is one whose probability is at most the rate', () => {
  const nulls = nullStatistics({ pool: [300, 200, 100], batchRows: 100, draws: 1_999, random: seededRandom(6) })
  for (const rate of [0.05, 0.01, 0.0025]) {
    const threshold = nullThreshold(nulls, rate)
    expect(nullProbability(nulls, threshold)).toBeGreaterThan(rate)
    expect(nullProbability(nulls, threshold * (1 + 1e-6))).toBeLessThanOrEqual(rate)
  }
})

test('the step-up procedure keeps to its rate', () => {
  expect(criticalProbability([0.5, 0.9], 0.05)).toBe(0.025)
  expect(criticalProbability([0.001, 0.02, 0.03, 0.9], 0.05)).toBeCloseTo(0.0375, 12)
  expect(criticalProbability([], 0.05)).toBe(0.05)
})

describe('verdicts', () => {
  const one = (reference: number[], batch: number[]) => testDrift({ samples: [{ reference, batch }], rate: 0.05, seed: 1 })[0]

  test('a bin that was empty at training tells drift by a few rows', () => {
    expect(one([0, 500, 500], [4, 48, 48])?.verdict).toBe('drift')
    expect(one([0, 500, 500], [0, 52, 48])?.verdict).toBe('ok')
  })

  test('a large shift has a probability that no number of draws would show', () => {
    const { probability = null, verdict } = one([5_000, 5_000], [900, 100]) ?? {}
    expect(verdict).toBe('drift')
    expect(probability ?? 1).toBeLessThan(1e-50)
  })

  test('few rows, or a column of one value in few rows, are not enough data', () => {
    expect(one([500, 500], [0, 0])?.verdict).toBe('not_enough_data')
    expect(one([0, 1_000], [1, 0])?.verdict).toBe('not_enough_data')
    expect(one([250, 250, 250, 250], [3, 0, 0, 0])?.verdict).toBe('not_enough_data')
  })

  test('in a wide family one drifted column is still found', () => {
    const same = { reference: [500, 500], batch: [100, 100] }
    const samples = [...Array.from({ length: 299 }, () => same), { reference: [500, 500], batch: [150, 50] }]
    const results = testDrift({ samples, rate: 0.05, seed: 1 })
    expect(results.map(({ verdict }) => verdict).indexOf('drift')).toBe(299)
  })
})

test('the moved share is the rows that would have to change their bin', () => {
  expect(movedShare({ reference: [50, 50], batch: [10, 30] })).toBeCloseTo(0.25, 12)
  expect(movedShare({ reference: [50, 50], batch: [0, 0] })).toBe(0)
})
