import { differenceOfShares, ratioOfShares, type Share } from './compare-shares.ts'
import { type Estimate, meanInterval } from './mean-interval.ts'
import { likeliestClass } from './measure-multiclass.ts'
import type { Prediction } from './prediction.ts'
import { wilsonInterval } from './reliability.ts'
import type { Target } from './table.ts'
import { compareMeans, sumSample } from './welch.ts'

/** What is measured of a group; the first five of two classes only, the last two of a regression only. */
export type GroupMeasureName =
  | 'observedRate'
  | 'selectionRate'
  | 'truePositiveRate'
  | 'falsePositiveRate'
  | 'positivePredictiveValue'
  | 'accuracy'
  | 'calibrationGap'
  | 'meanError'
  | 'meanAbsoluteError'

/** The rows that a measure is taken of: hits among them, or a value of each. */
export type GroupSample =
  | { readonly kind: 'share'; readonly share: Share }
  | { readonly kind: 'mean'; readonly values: Float64Array }

/** The samples behind the measures of one group. */
export type GroupSamples = Partial<Record<GroupMeasureName, GroupSample>>

/** Truth, prediction, and from which probability on a row of two classes is called positive. */
export interface JudgedRows {
  readonly target: Target
  readonly prediction: Prediction
  readonly threshold: number
}

/** Collects the samples of one group. The calibration gap is what was said less what came true, row by row. */
export function sampleGroup(rows: Int32Array, { target, prediction, threshold }: JudgedRows): GroupSamples {
  if (target.task === 'regression' && prediction.task === 'regression') {
    const errors = Float64Array.from(rows, (row) => (prediction.value[row] as number) - (target.values[row] as number))
    return { meanError: meanOf(errors), meanAbsoluteError: meanOf(errors.map(Math.abs)) }
  }
  if (target.task === 'regression' || prediction.task === 'regression') {
    throw new Error(`a prediction for ${prediction.task} cannot be judged against a target for ${target.task}`)
  }
  if (prediction.task === 'multiclass') return sampleClasses(rows, target.codes, prediction.probabilities)
  const { probability } = prediction
  const positive = (row: number): boolean => target.codes[row] === 1
  const called = (row: number): boolean => (probability[row] as number) >= threshold
  return {
    observedRate: shareOf(rows, positive),
    selectionRate: shareOf(rows, called),
    truePositiveRate: shareOf(rows.filter(positive), called),
    falsePositiveRate: shareOf(rows.filter((row) => !positive(row)), called),
    positivePredictiveValue: shareOf(rows.filter(called), positive),
    calibrationGap: meanOf(Float64Array.from(rows, (row) => (probability[row] as number) - (positive(row) ? 1 : 0))),
  }
}

function sampleClasses(rows: Int32Array, codes: Int32Array, probabilities: readonly Float64Array[]): GroupSamples {
  const own = probabilities.map((probability) => Float64Array.from(rows, (row) => probability[row] as number))
  const called = likeliestClass(own, rows.length)
  const hits = Float64Array.from(rows, (row, i) => (codes[row] === called[i] ? 1 : 0))
  const gaps = hits.map((hit, i) => (own[called[i] as number] as Float64Array)[i] as number - hit)
  return {
    accuracy: { kind: 'share', share: { hits: hits.reduce((sum, hit) => sum + hit, 0), rows: rows.length } },
    calibrationGap: meanOf(gaps),
  }
}

function meanOf(values: Float64Array): GroupSample {
  return { kind: 'mean', values }
}

function shareOf(rows: Int32Array, holds: (row: number) => boolean): GroupSample {
  let hits = 0
  for (const row of rows) if (holds(row)) hits++
  return { kind: 'share', share: { hits, rows: rows.length } }
}

/** The measure with its 95 % interval (Wilson's of a share, Student's t of a mean); null where there is nothing to take it of. */
export function estimateSample(sample: GroupSample): Estimate | null {
  if (sample.kind === 'mean') return meanInterval(sample.values)
  const { hits, rows } = sample.share
  return rows === 0 ? null : { value: hits / rows, ...wilsonInterval(hits, rows) }
}

/** How much larger the measure is than that of another group, with its 95 % interval (Newcombe's, Welch's). */
export function differenceOfSamples(own: GroupSample, other: GroupSample): Estimate | null {
  if (own.kind === 'share' && other.kind === 'share') {
    return own.share.rows === 0 || other.share.rows === 0 ? null : differenceOfShares(own.share, other.share)
  }
  if (own.kind === 'share' || other.kind === 'share') return null
  if (own.values.length < 2 || other.values.length < 2) return null
  const { difference: value, low, high } = compareMeans(sumSample(own.values), sumSample(other.values))
  return { value, low, high }
}

/** The measure as a multiple of that of another group, with its 95 % interval (Katz); of shares only. */
export function ratioOfSamples(own: GroupSample, other: GroupSample): Estimate | null {
  if (own.kind !== 'share' || other.kind !== 'share') return null
  return own.share.rows === 0 || other.share.rows === 0 ? null : ratioOfShares(own.share, other.share)
}
