import { chiSquareTail, normalTails } from './incomplete-gamma.ts'
import {
  countBetween,
  divergence,
  hellingerDistance,
  jensenShannonDistance,
  type PairedCounts,
  sharesOf,
  stabilityIndex,
  sturgesEdges,
  withoutZeros,
} from './paired-shares.ts'
import { kolmogorovSmirnov, momentsOf, type SortedSamples, studentTest, wassersteinDistance } from './two-sample-tests.ts'

/** One column of both samples, without its missing cells; the rows by value where it is told by its values. */
export interface ComparedColumn {
  readonly kind: 'num' | 'cat'
  /** Null for a category. */
  readonly numbers: SortedSamples | null
  readonly counts: PairedCounts
}

/** The tests of Evidently that are computed here, under its names. */
export const evidentlyTests = ['ks', 'chisquare', 'z', 'wasserstein', 'jensenshannon', 'psi', 'kl_div', 'hellinger', 't_test'] as const
export type EvidentlyTest = (typeof evidentlyTests)[number]

export interface TestRule {
  readonly kinds: ReadonlyArray<'num' | 'cat'>
  /** Whether the score is a probability, small where there is drift, or a distance. */
  readonly score: 'p_value' | 'distance'
  readonly threshold: number
  compute(column: ComparedColumn): number
}

export const evidentlyRules: Readonly<Record<EvidentlyTest, TestRule>> = {
  ks: { kinds: ['num'], score: 'p_value', threshold: 0.05, compute: ({ numbers }) => (numbers === null ? Number.NaN : kolmogorovSmirnov(numbers)) },
  chisquare: { kinds: ['cat'], score: 'p_value', threshold: 0.05, compute: ({ counts }) => chiSquareProbability(counts) },
  z: { kinds: ['cat'], score: 'p_value', threshold: 0.05, compute: ({ counts }) => proportionProbability(counts) },
  wasserstein: { kinds: ['num'], score: 'distance', threshold: 0.1, compute: ({ numbers }) => (numbers === null ? Number.NaN : normedWasserstein(numbers)) },
  jensenshannon: { kinds: ['num', 'cat'], score: 'distance', threshold: 0.1, compute: (column) => jensenShannonDistance(sharesOf(binned(column))) },
  psi: { kinds: ['num', 'cat'], score: 'distance', threshold: 0.1, compute: (column) => stabilityIndex(withoutZeros(sharesOf(binned(column)))) },
  kl_div: { kinds: ['num', 'cat'], score: 'distance', threshold: 0.1, compute: (column) => divergence(withoutZeros(sharesOf(binned(column)))) },
  hellinger: { kinds: ['num', 'cat'], score: 'distance', threshold: 0.1, compute: hellingerOf },
  t_test: { kinds: ['num'], score: 'p_value', threshold: 0.05, compute: ({ numbers }) => (numbers === null ? Number.NaN : studentTest(numbers)) },
}

/** More rows than this in the reference, and distances are taken instead of probabilities. */
const MANY_ROWS = 1_000
const FEW_VALUES = 5

/** The test that Evidently takes where none is named: by the rows of the reference alone. */
export function usualTest({ kind, counts }: ComparedColumn): EvidentlyTest {
  const rows = counts.reference.reduce((sum, count) => sum + count, 0)
  const values = counts.reference.length
  const isNumber = kind === 'num' && values > FEW_VALUES
  if (rows > MANY_ROWS) return isNumber ? 'wasserstein' : 'jensenshannon'
  return isNumber ? 'ks' : values > 2 ? 'chisquare' : 'z'
}

/** The reference is taken as exact, so a value that it does not have makes the statistic infinite. */
function chiSquareProbability({ reference, batch }: PairedCounts): number {
  const total = reference.reduce((sum, count) => sum + count, 0)
  const rows = batch.reduce((sum, count) => sum + count, 0)
  if (reference.length < 2) return Number.NaN
  const statistic = reference.reduce((sum, count, i) => {
    const expected = (count * rows) / total
    const beyond = (batch[i] ?? 0) - expected
    return sum + (beyond * beyond) / expected
  }, 0)
  return chiSquareTail(statistic, reference.length - 1)
}

/** Of two values, the shares of rows that do not hold the first. */
function proportionProbability({ reference, batch }: PairedCounts): number {
  const [n, m] = [reference, batch].map((counts) => counts.reduce((sum, count) => sum + count, 0)) as [number, number]
  if (reference.length < 2) return 1
  const [p, q] = [1 - (reference[0] ?? 0) / n, 1 - (batch[0] ?? 0) / m]
  const pooled = (p * n + q * m) / (n + m)
  return normalTails((p - q) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)))
}

const LEAST_SPREAD = 0.001

function normedWasserstein(samples: SortedSamples): number {
  const spread = Math.sqrt(momentsOf(samples.reference).squares / samples.reference.length)
  return wassersteinDistance(samples) / Math.max(spread, LEAST_SPREAD)
}

/** Numbers of more values than this in the reference are put into bins of both samples together. */
const OWN_VALUES = 20

function binned({ numbers, counts }: ComparedColumn): PairedCounts {
  if (numbers === null || counts.reference.filter((count) => count > 0).length <= OWN_VALUES) return counts
  return between(numbers, sturgesEdges(joined(numbers)))
}

function between({ reference, batch }: SortedSamples, edges: readonly number[]): PairedCounts {
  return { reference: countBetween(reference, edges), batch: countBetween(batch, edges) }
}

function joined({ reference, batch }: SortedSamples): Float64Array {
  const both = new Float64Array(reference.length + batch.length)
  both.set(reference)
  both.set(batch, reference.length)
  return both
}

/** The number of bins goes by the distinct values here, not by the rows. */
function hellingerOf({ numbers, counts }: ComparedColumn): number {
  if (numbers === null) return hellingerDistance(sharesOf(counts))
  const distinct = Float64Array.from(new Set(joined(numbers)))
  return hellingerDistance(sharesOf(between(numbers, sturgesEdges(distinct))))
}

