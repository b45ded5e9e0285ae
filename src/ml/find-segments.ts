import { type Context, throwIfStopped } from './context.ts'
import { criticalProbability } from './false-discovery.ts'
import { type SegmentBins, binSegments } from './segment-bins.ts'
import type { Table } from './table.ts'
import { compareMeans, type SampleSums, sumSample, type WelchDifference, withoutSample } from './welch.ts'

/** Rows whose bin in one column lies from `first` to `last`. */
export interface SegmentPart {
  readonly column: number
  readonly first: number
  readonly last: number
}

/** The rows that meet all parts. */
export interface FoundSegment {
  readonly parts: readonly SegmentPart[]
  readonly loss: SampleSums
  /** Against all other rows. */
  readonly against: WelchDifference
  /**
   * Chance of so large a difference where the segment is no worse, before any correction. Of a crossing the largest of
   * three: against all other rows, and against the other rows of either of its two segments, so that it is found only
   * where it says more than they do (intersection-union test, Berger 1982).
   */
  readonly probability: number
}

/** What is searched, and how strictly. */
export interface SegmentSearch {
  readonly table: Table
  /** Loss of each row. */
  readonly losses: Float64Array
  readonly fewestRows: number
  /** Share of the found segments that may be found by chance. */
  readonly rate: number
}

/** What was found, and how many segments were compared for it. */
export interface FoundSegments {
  readonly bins: readonly SegmentBins[]
  readonly segments: FoundSegment[]
  readonly compared: number
}

/** Best segments of one column that are crossed with each other. */
const CROSSED = 20

/**
 * Finds the segments of one column, and of two columns where the best of one column meet, whose mean loss is
 * distinguishably larger than that of all other rows (Welch's test, as in Chung et al. 2019, "Slice Finder").
 *
 * Both kinds are corrected apart for their number by Benjamini and Hochberg's procedure at half the rate. Only the best
 * of overlapping segments are told, only the best of all are crossed, and both were chosen on the same rows; the
 * correction therefore counts every segment that was compared and every crossing that could have been made. Two columns that are bad only where they meet are found where each alone stands out a little. Work:
 * rows x (columns + pairs of best segments that a row lies in).
 */
export function findSegments(search: SegmentSearch, context: Context): FoundSegments {
  const { table, losses, fewestRows, rate } = search
  const whole = sumSample(losses)
  const bins: SegmentBins[] = []
  const byColumn: FoundSegment[][] = []
  for (const [column, values] of table.columns.entries()) {
    throwIfStopped(context)
    const binned = binSegments(values, fewestRows)
    bins.push(binned)
    byColumn.push(singleSegments(binned, column, { losses, whole, fewestRows }))
    context.progress?.((0.7 * (column + 1)) / table.columns.length)
  }
  const singles = byColumn.flat()
  const apart = byColumn.flatMap(keepApart).sort(byStatistic)
  const best = apart.slice(0, CROSSED)
  const crossed = crossSegments(best, bins, { losses, whole, fewestRows })
  const pairs = (singles.length ** 2 - byColumn.reduce((sum, own) => sum + own.length ** 2, 0)) / 2
  const worse = distinguishable(crossed, ({ segment }) => segment.probability, { rate: rate / 2, tests: pairs })
  const single = distinguishable(apart, ({ probability }) => probability, { rate: rate / 2, tests: singles.length })
  const kept = single.filter((one) => !explained(one, worse, whole))
  return { bins, segments: [...kept, ...worse.map(({ segment }) => segment)], compared: singles.length + crossed.length }
}

interface Correction {
  readonly rate: number
  /** Tests that were or could have been made; the ones that are not given count as failed. */
  readonly tests: number
}

function distinguishable<T>(found: readonly T[], probabilityOf: (one: T) => number, { rate, tests }: Correction): T[] {
  const probabilities = found.map(probabilityOf)
  const critical = criticalProbability(probabilities, (rate * probabilities.length) / Math.max(1, tests))
  return found.filter((_, i) => (probabilities[i] as number) <= critical)
}

interface Compared {
  readonly losses: Float64Array
  readonly whole: SampleSums
  readonly fewestRows: number
}

/** Every bin, every run of neighbouring bins of at most half the rows, and missing. */
function singleSegments(bins: SegmentBins, column: number, { losses, whole, fewestRows }: Compared): FoundSegment[] {
  const { count, joined } = bins
  const sums = sumBins(bins, losses)
  const found: FoundSegment[] = []
  const add = (first: number, last: number, loss: SampleSums): void => {
    const rest = withoutSample(whole, loss)
    if (loss.rows < fewestRows || rest.rows < fewestRows) return
    const against = compareMeans(loss, rest)
    found.push({ parts: [{ column, first, last }], loss, against, probability: against.probability })
  }
  for (let first = 0; first <= count; first++) {
    let loss = sums[first] as SampleSums
    add(first, first, loss)
    for (let last = first + 1; joined && last < count; last++) {
      loss = addSamples(loss, sums[last] as SampleSums)
      if (2 * loss.rows > whole.rows) break
      add(first, last, loss)
    }
  }
  return found
}

/** Loss by bin, the missing ones last. */
function sumBins({ codes, count }: SegmentBins, losses: Float64Array): SampleSums[] {
  const sums = new Float64Array(3 * 256)
  for (let row = 0; row < codes.length; row++) {
    const at = 3 * (codes[row] as number)
    const loss = losses[row] as number
    sums[at] = (sums[at] as number) + 1
    sums[at + 1] = (sums[at + 1] as number) + loss
    sums[at + 2] = (sums[at + 2] as number) + loss * loss
  }
  return Array.from({ length: count + 1 }, (_, bin) => sampleAt(sums, bin))
}

function sampleAt(sums: Float64Array, at: number): SampleSums {
  return { rows: sums[3 * at] as number, sum: sums[3 * at + 1] as number, squares: sums[3 * at + 2] as number }
}

function addSamples(one: SampleSums, other: SampleSums): SampleSums {
  return { rows: one.rows + other.rows, sum: one.sum + other.sum, squares: one.squares + other.squares }
}

/** Of overlapping segments of one column the one that stands out most. */
function keepApart(segments: readonly FoundSegment[]): FoundSegment[] {
  const kept: FoundSegment[] = []
  for (const segment of segments.toSorted(byStatistic)) {
    if (!kept.some((one) => overlap(one, segment))) kept.push(segment)
  }
  return kept
}

function overlap({ parts: [one] }: FoundSegment, { parts: [other] }: FoundSegment): boolean {
  return one !== undefined && other !== undefined && one.first <= other.last && other.first <= one.last
}

function byStatistic(one: FoundSegment, other: FoundSegment): number {
  return other.against.statistic - one.against.statistic
}

interface CrossedSegment {
  readonly segment: FoundSegment
  readonly parents: readonly [FoundSegment, FoundSegment]
}

/** Every two segments of different columns. */
function crossSegments(best: readonly FoundSegment[], bins: readonly SegmentBins[], compared: Compared): CrossedSegment[] {
  const { losses, whole, fewestRows } = compared
  const size = best.length
  const tests = best.map(({ parts }) => parts.map((part) => ({ ...part, codes: bins[part.column]?.codes })))
  const sums = new Float64Array(3 * size * size)
  const members: number[] = []
  for (let row = 0; row < losses.length; row++) {
    members.length = 0
    for (let i = 0; i < size; i++) {
      const part = tests[i]?.[0]
      const code = part?.codes?.[row] ?? -1
      if (part && code >= part.first && code <= part.last) members.push(i)
    }
    const loss = losses[row] as number
    for (let a = 0; a < members.length; a++) {
      for (let b = a + 1; b < members.length; b++) {
        const at = 3 * ((members[a] as number) * size + (members[b] as number))
        sums[at] = (sums[at] as number) + 1
        sums[at + 1] = (sums[at + 1] as number) + loss
        sums[at + 2] = (sums[at + 2] as number) + loss * loss
      }
    }
  }
  const crossed: CrossedSegment[] = []
  for (const [a, one] of best.entries()) {
    for (const [b, other] of best.entries()) {
      const loss = sampleAt(sums, a * size + b)
      if (b <= a || loss.rows < fewestRows || one.parts[0]?.column === other.parts[0]?.column) continue
      const against = compareMeans(loss, withoutSample(whole, loss))
      const probability = Math.max(against.probability, probabilityWithin(loss, one), probabilityWithin(loss, other))
      const parts = [...one.parts, ...other.parts]
      crossed.push({ segment: { parts, loss, against, probability }, parents: [one, other] })
    }
  }
  return crossed
}

/** Chance of so large a difference to the other rows of one of its segments. */
function probabilityWithin(loss: SampleSums, parent: FoundSegment): number {
  const others = withoutSample(parent.loss, loss)
  return others.rows < 2 ? 1 : compareMeans(loss, others).probability
}

/** Whether a segment is worse only for its rows that lie in a crossing which is told anyway. */
function explained(segment: FoundSegment, crossings: readonly CrossedSegment[], whole: SampleSums): boolean {
  return crossings.some(({ segment: crossing, parents }) => {
    if (!parents.includes(segment)) return false
    const others = withoutSample(segment.loss, crossing.loss)
    return others.rows < 2 || compareMeans(others, withoutSample(whole, segment.loss)).low <= 0
  })
}
