import { criticalProbability } from './false-discovery.ts'
import { isAbove, nullProbability, nullStatistics, nullThreshold, probabilityBound, tailProbability } from './drift-null.ts'
import { type BinnedSamples, driftStatistic, sumOf } from './drift-statistic.ts'
import { seededRandom } from './random.ts'

/** What a column is judged to be: as at training, drifted, or not to be told from so few rows. */
export type DriftVerdict = 'ok' | 'drift' | 'not_enough_data'

export interface DriftResult {
  readonly verdict: DriftVerdict
  /** Null where there are not enough rows to test. */
  readonly probability: number | null
  readonly statistic: number | null
  /** What the statistic had to exceed, at the sizes of both samples and with so many columns tested. */
  readonly threshold: number | null
  /** The probability further out than draws reach, for levels far below those of verdicts. */
  readonly tail: number | null
}

export interface FamilyRequest {
  readonly samples: readonly BinnedSamples[]
  /** Chance of any alarm where nothing drifted. */
  readonly rate: number
  readonly seed: number
  /** How often to draw where the verdicts are not asked for. */
  readonly draws?: number
}

const DRAWS = 1_999
const MOST_DRAWS = 100_000

/** Tests several columns of one batch together, so that their number does not raise the rate of false alarms. */
export function testDrift({ samples, rate, seed, draws = DRAWS }: FamilyRequest): DriftResult[] {
  const single = rate / Math.max(1, samples.length)
  const tests = samples.map((sample, i) => testOne(sample, { single, seed, stream: i, draws }))
  const critical = criticalProbability(tests.flatMap((test) => (test === null ? [] : [test.probability])), rate)
  return tests.map((test) => {
    if (test === null) return { verdict: 'not_enough_data', probability: null, statistic: null, threshold: null, tail: null }
    const { probability, statistic, nulls, tail } = test
    return { verdict: probability <= critical ? 'drift' : 'ok', probability, statistic, threshold: nullThreshold(nulls, critical), tail }
  })
}

interface Alone {
  /** The rate that one column of the family has to itself. */
  readonly single: number
  readonly seed: number
  readonly stream: number
  readonly draws: number
}

function testOne(sample: BinnedSamples, { single, seed, stream, draws }: Alone) {
  const pool = poolOf(sample)
  const batchRows = sumOf(sample.batch)
  const draw = (times: number) => nullStatistics({ pool, batchRows, draws: times, random: seededRandom(seed, stream, times) })
  const nulls = draw(draws)
  if (!canTell(sample, nullThreshold(nulls, single))) return null
  const statistic = driftStatistic(sample)
  const probability = nullProbability(nulls, statistic)
  const tail = tailProbability(nulls, statistic)
  // None of the draws reached it: it is told from chance by its bound, or by as many draws as the family needs.
  if (probability > 1 / (draws + 0.5)) return { probability, statistic, nulls, tail }
  const bound = Math.min(probability, probabilityBound(sample, statistic))
  const needed = Math.min(MOST_DRAWS, Math.ceil(2 / single))
  if (bound <= single || needed <= draws) return { probability: bound, statistic, nulls, tail }
  const more = draw(needed)
  return { probability: nullProbability(more, statistic), statistic, nulls: more, tail: tailProbability(more, statistic) }
}

function poolOf({ reference, batch }: BinnedSamples): number[] {
  return reference.map((n, bin) => n + (batch[bin] ?? 0))
}

/** The change that must be visible for a verdict: this share of the batch gathers in one bin. */
const VISIBLE = 0.5

/** In fewer rows than this a verdict would hang on one or two of them. */
const FEWEST_ROWS = 10

/**
 * Whether a batch of this size could be told from chance if half of it gathered in one bin: that of middling size, or an
 * empty one where all rows share a bin. It is asked of the pooled counts alone, so that the answer favours no verdict.
 */
export function canTell(sample: BinnedSamples, threshold: number): boolean {
  const pool = [...poolOf(sample), 0]
  const batchRows = sumOf(sample.batch)
  if (batchRows < FEWEST_ROWS) return false
  const rows = sumOf(pool)
  const gathering = middlingBin(pool)
  const spread = pool.map((count) => (count * batchRows) / rows)
  const reference = pool.map((count, bin) => count - (spread[bin] ?? 0))
  const batch = spread.map((count, bin) => (1 - VISIBLE) * count + (bin === gathering ? VISIBLE * batchRows : 0))
  return isAbove(driftStatistic({ reference, batch }), threshold)
}

/** The lower one in the middle of the bins that hold rows; the last, empty one where only one does. */
function middlingBin(pool: readonly number[]): number {
  const held = pool.flatMap((count, bin) => (count > 0 ? [{ count, bin }] : [])).sort((a, b) => a.count - b.count || a.bin - b.bin)
  return held.length < 2 ? pool.length - 1 : (held[Math.floor((held.length - 1) / 2)]?.bin ?? 0)
}
