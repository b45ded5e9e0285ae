import { studentTQuantile } from './student-t.ts'

/** A measure of two candidates on the same fold, and how many rows were learnt from and judged on. */
export interface FoldPair {
  readonly candidate: number
  readonly baseline: number
  readonly trainRows: number
  readonly testRows: number
}

/** Mean difference over folds with its 95 % interval; positive is better, whatever the measure. */
export interface PairedDifference {
  readonly difference: number
  readonly low: number
  readonly high: number
  readonly folds: number
  readonly verdict: 'gain' | 'loss' | 'no distinguishable gain'
  readonly sentence: string
}

/**
 * Compares two candidates fold by fold. Folds share training rows, so the variance is widened as in
 * Nadeau and Bengio (2003): s2 x (1/folds + test rows / train rows).
 */
export function comparePaired(pairs: readonly FoldPair[], higherIsBetter: boolean): PairedDifference {
  const folds = pairs.length
  if (folds === 0) throw new RangeError('a paired difference needs at least one fold')
  const sign = higherIsBetter ? 1 : -1
  const differences = pairs.map((pair) => sign * (pair.candidate - pair.baseline))
  const difference = mean(differences)
  const half = folds < 2 ? Number.MAX_VALUE : halfWidth(pairs, differences)
  const low = Math.max(-Number.MAX_VALUE, difference - half)
  const high = Math.min(Number.MAX_VALUE, difference + half)
  const verdict = low > 0 ? 'gain' : high < 0 ? 'loss' : 'no distinguishable gain'
  return { difference, low, high, folds, verdict, sentence: sentenceOf({ difference, low, high, folds, verdict }) }
}

function halfWidth(pairs: readonly FoldPair[], differences: readonly number[]): number {
  const folds = differences.length
  const centre = mean(differences)
  const variance = differences.reduce((sum, d) => sum + (d - centre) ** 2, 0) / (folds - 1)
  const ratio = mean(pairs.map((pair) => pair.testRows / pair.trainRows))
  return studentTQuantile(0.975, folds - 1) * Math.sqrt(variance * (1 / folds + ratio))
}

function sentenceOf(found: Omit<PairedDifference, 'sentence'>): string {
  if (found.folds < 2) return 'no distinguishable gain: one fold cannot show a difference'
  const number = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toPrecision(3)}`
  const interval = `95 % interval ${number(found.low)} to ${number(found.high)}, ${found.folds} folds`
  return `${found.verdict}: ${number(found.difference)} (${interval})`
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
