import { splitConstant, sumOf, timesLog, type BinnedSamples } from './drift-statistic.ts'
import { drawChiSquare } from './chi-square-draw.ts'
import { exp } from './exponential.ts'
import { drawHypergeometric } from './hypergeometric.ts'
import { upperGamma } from './incomplete-gamma.ts'
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
 * reference's come from, every choice of them out of the pool is equally likely (a permutation test, by bins). Only how
 * the rows of well-filled bins part among these bins is taken from its limit, which holds there: G is the sum of the
 * statistic of all other bins beside those as one, and of that within them.
 */
export function nullStatistics({ pool, batchRows, draws, random }: NullRequest): Float64Array {
  const rows = sumOf(pool)
  const { drawn: bins, freedom, correction } = partBins(pool, { rows, batchRows })
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
    const within = freedom > 0 ? correction * drawChiSquare(freedom, random) : 0
    statistics[draw] = Math.max(0, 2 * sum) + within
  }
  return statistics.sort()
}

/** A bin from which both samples expect so many rows is well filled. */
const FILLED = 25

interface PartedBins {
  /** Bins whose rows are drawn, the well-filled ones as one, which comes last. */
  readonly drawn: Float64Array
  /** Of the statistic within the well-filled bins; 0 where they are drawn too. */
  readonly freedom: number
  /** What the mean of that statistic is of its limit's (D. A. Williams, Biometrika 63, 1976). */
  readonly correction: number
}

function partBins(pool: readonly number[], { rows, batchRows }: { readonly rows: number; readonly batchRows: number }): PartedBins {
  const least = (FILLED * rows) / Math.max(1, Math.min(batchRows, rows - batchRows))
  const held = pool.filter((count) => count > 0)
  const filled = held.filter((count) => count >= least)
  if (filled.length < 3) return { drawn: Float64Array.from(held), freedom: 0, correction: 1 }
  const together = sumOf(filled)
  const batch = (together * batchRows) / rows
  const freedom = filled.length - 1
  const samples = together / batch + together / (together - batch) - 1
  const bins = filled.reduce((sum, count) => sum + together / count, 0) - 1
  const drawn = Float64Array.from([...held.filter((count) => count < least), together])
  return { drawn, freedom, correction: 1 + (samples * bins) / (6 * together * freedom) }
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

/** How far the drawn curve may lie below the true tail; measured on pools from even to very sparse ones. */
const CAUTION = 5

/**
 * Probability of a statistic further out than the draws reach: a gamma curve of the draws' mean and variance is read
 * there, five times, and never above what the draws say. It serves levels far below those of verdicts.
 */
export function tailProbability(statistics: Float64Array, statistic: number): number {
  const drawn = nullProbability(statistics, statistic)
  if (drawn > 1 / (statistics.length + 0.5)) return drawn
  const mean = statistics.reduce((sum, one) => sum + one, 0) / statistics.length
  const variance = statistics.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / (statistics.length - 1)
  const curve = variance > 0 ? CAUTION * upperGamma((mean * mean) / variance, (statistic * mean) / variance) : 1
  return Math.min(drawn, curve)
}
