import type { Context } from './context.ts'
import { measure, prepareMeasurer } from './measure.ts'
import type { MetricName, Metrics } from './metrics.ts'
import type { Prediction } from './prediction.ts'
import { quantileOfSorted } from './quantile.ts'
import { type Random, seededRandom } from './random.ts'
import { type RowWeights, rowsThatCount } from './row-weights.ts'
import { type Target, targetRows } from './table.ts'

/** Predictions whose measures get intervals. */
export interface BootstrapInput {
  readonly target: Target
  readonly prediction: Prediction
  /** Weight of each row; the rows themselves are drawn with equal chances. */
  readonly weights?: RowWeights
  readonly seed: number
  /** Without it 1000, fewer (at least 200) where rows x classes are many. */
  readonly resamples?: number | undefined
}

/** A measure with its 95 % percentile interval. */
export interface MetricInterval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** All measures of a prediction with intervals over resampled rows. */
export interface BootstrapResult {
  readonly metrics: Partial<Record<MetricName, MetricInterval>>
  readonly resamples: number
  /** Rows of a weight above zero. */
  readonly rows: number
}

/** Rows x outputs x resamples that a bootstrap may touch. */
const WORK = 20_000_000

/** Draws rows with replacement (within each class) and measures anew; the model is not fitted again. */
export function bootstrapMetrics(input: BootstrapInput, context: Context = {}): BootstrapResult {
  const { target, prediction, weights, seed } = input
  const measurer = prepareMeasurer(target, prediction)
  const rows = targetRows(target)
  const outputs = prediction.task === 'multiclass' ? prediction.probabilities.length : 1
  const resamples = input.resamples ?? boundResamples(rows * outputs)
  const strata = strataOf(target, weights)
  const random = seededRandom(seed, 0xb007)
  const drawn: Metrics[] = []
  for (let i = 0; i < resamples; i++) {
    drawn.push(measurer(weighDraws(drawWeights(strata, rows, random), weights)))
    if (i % 50 === 0) context.progress?.(i / resamples)
  }
  return { metrics: intervalsOf(measure(target, prediction, weights), drawn), resamples, rows: rowsIn(strata) }
}

/** Enough resamples for an interval, fewer where much has to be touched for each. */
export function boundResamples(work: number): number {
  return Math.max(200, Math.min(1000, Math.floor(WORK / Math.max(1, work))))
}

/** The rows that are drawn among each other: those of one class; a row of weight zero is in none. */
export function strataOf(target: Target, weights?: RowWeights): Int32Array[] {
  const rows = rowsThatCount(targetRows(target), weights)
  if (target.task === 'regression') return [rows]
  const strata: number[][] = target.classes.map(() => [])
  for (const row of rows) strata[target.codes[row] as number]?.push(row)
  return strata.map((members) => Int32Array.from(members))
}

/** Rows of all strata. */
export function rowsIn(strata: readonly Int32Array[]): number {
  return strata.reduce((sum, members) => sum + members.length, 0)
}

/** Weights of drawn rows: how often each was drawn, times its own. */
export function weighDraws(counts: Int32Array, weights: RowWeights): ArrayLike<number> {
  return weights ? weights.map((weight, row) => weight * (counts[row] as number)) : counts
}

/** How often each row was drawn. */
export function drawWeights(strata: readonly Int32Array[], rows: number, random: Random): Int32Array {
  const weights = new Int32Array(rows)
  for (const members of strata) {
    for (let i = 0; i < members.length; i++) {
      const row = members[random.below(members.length)] as number
      weights[row] = (weights[row] as number) + 1
    }
  }
  return weights
}

function intervalsOf(whole: Metrics, drawn: readonly Metrics[]): BootstrapResult['metrics'] {
  const metrics: Partial<Record<MetricName, MetricInterval>> = {}
  for (const name of Object.keys(whole) as MetricName[]) {
    const value = whole[name]
    if (value === undefined) continue
    const sorted = Float64Array.from(drawn.map((one) => one[name] ?? value)).sort()
    metrics[name] = { value, low: quantileOfSorted(sorted, 0.025), high: quantileOfSorted(sorted, 0.975) }
  }
  return metrics
}
