import { splitConstant, sumOf, timesLog, type BinnedSamples } from './drift-statistic.ts'
import { exp } from './exponential.ts'
import { drawHypergeometric } from './hypergeometric.ts'
import { log } from './logarithm.ts'
import type { Random } from './random.ts'

/** A null distribution: the rows of both samples by bin, how many of them are the batch, and how often to draw. */
export interface NullRequest {
  readonly pool: readonly number[]
  readonly batchRows: number
  readonly draws: number
  readonly random: Random
}

/**
 * Statistics of batches drawn at random out of the pooled rows, ascending. Given the pooled counts this is the exact
 * null distribution at both sample sizes, however sparse a bin is: where the rows of the batch come from where the
 * reference's come from, every choice of them out of the pool is equally likely (a permutation test, by bins).
 */
export function nullStatistics({ pool, batchRows, draws, random }: NullRequest): Float64Array {
  const bins = Float64Array.from(pool.filter((count) => count > 0))
  const rows = sumOf(pool)
  const fixed = bins.reduce((sum, count) => sum - timesLog(count), splitConstant(rows - batchRows, batchRows))
  const statistics = new Float64Array(draws)
  for (let draw = 0; draw < draws; draw++) {
    let [left, wanted, sum] = [rows, batchRows, fixed]
    for (let bin = 0; bin < bins.length; bin++) {
      const counting = bins[bin] as number
      const drawn = drawHypergeometric({ counting, others: left - counting, drawn: wanted }, random)
      left -= counting
      wanted -= drawn
      sum += timesLog(drawn) + timesLog(counting - drawn)
    }
    statistics[draw] = Math.max(0, 2 * sum)
  }
  return statistics.sort()
}

/** Rounding may part equal statistics by this much, relatively. */
const ROUNDING = 1e-9

/** Probability under the null of a statistic at least this large; the observed one counts as a draw, so it is never 0. */
export function nullProbability(statistics: Float64Array, observed: number): number {
  return (1 + statistics.length - firstAtLeast(statistics, observed)) / (statistics.length + 1)
}

/** The largest statistic whose probability is still above `probability`: what is larger is drift at that rate. */
export function nullThreshold(statistics: Float64Array, probability: number): number {
  const allowed = Math.max(0, Math.floor(probability * (statistics.length + 1) * (1 + ROUNDING)) - 1)
  return statistics[statistics.length - 1 - allowed] ?? 0
}

/** Whether a statistic lies above a threshold by more than rounding. */
export function isAbove(statistic: number, threshold: number): boolean {
  return statistic > threshold + ROUNDING * (1 + threshold)
}

function firstAtLeast(statistics: Float64Array, observed: number): number {
  const bound = observed - ROUNDING * (1 + observed)
  let [low, high] = [0, statistics.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((statistics[middle] as number) < bound) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * An upper bound of the exact permutation probability, for statistics that no affordable number of draws would reach: a
 * table of counts has at most the probability (N + 1) exp(-G / 2), and there are at most so many tables.
 */
export function probabilityBound({ reference, batch }: BinnedSamples, statistic: number): number {
  const batchRows = sumOf(batch)
  const choices = reference.map((n, bin) => log(1 + Math.min(batchRows, n + (batch[bin] ?? 0))))
  const tables = choices.reduce((sum, one) => sum + one, 0) - Math.max(0, ...choices)
  return Math.min(1, exp(log(sumOf(reference) + batchRows + 1) + tables - statistic / 2))
}
