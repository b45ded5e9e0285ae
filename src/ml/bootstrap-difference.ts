import { boundResamples, drawWeights, rowsIn, strataOf, weighDraws } from './bootstrap.ts'
import type { Context } from './context.ts'
import { measure, prepareMeasurer } from './measure.ts'
import type { MetricName, Metrics } from './metrics.ts'
import type { Prediction } from './prediction.ts'
import { quantileOfSorted } from './quantile.ts'
import { seededRandom } from './random.ts'
import { type Target, targetRows } from './table.ts'

/** Two predictions of the same rows. */
export interface DifferenceInput {
  readonly target: Target
  readonly baseline: Prediction
  readonly candidate: Prediction
  /** Weight of each row, at least 0; without it each row counts once. */
  readonly weights?: Float64Array | undefined
  readonly seed: number
  readonly resamples?: number | undefined
}

/** A measure of both, and the candidate's less the baseline's with its 95 % percentile interval. */
export interface MetricDifference {
  readonly baseline: number
  readonly candidate: number
  readonly difference: number
  readonly low: number
  readonly high: number
}

/** All measures that both predictions have. */
export interface DifferenceResult {
  readonly metrics: Partial<Record<MetricName, MetricDifference>>
  readonly resamples: number
  readonly rows: number
}

/** Measures two predictions on the same resampled rows, so that what the rows have in common falls out of the difference. */
export function bootstrapDifference(input: DifferenceInput, context: Context = {}): DifferenceResult {
  const { target, baseline, candidate, weights, seed } = input
  const measurers = [prepareMeasurer(target, baseline), prepareMeasurer(target, candidate)] as const
  const rows = targetRows(target)
  const outputs = candidate.task === 'multiclass' ? candidate.probabilities.length : 1
  const resamples = input.resamples ?? boundResamples(2 * rows * outputs)
  const strata = strataOf(target, weights)
  const random = seededRandom(seed, 0xb007)
  const drawn: Metrics[] = []
  for (let i = 0; i < resamples; i++) {
    const counts = drawWeights(strata, rows, random)
    const drawnWeights = weighDraws(counts, weights)
    drawn.push(less(measurers[1](drawnWeights), measurers[0](drawnWeights)))
    if (i % 50 === 0) context.progress?.(i / resamples)
  }
  const [before, after] = [measure(target, baseline, weights), measure(target, candidate, weights)]
  return { metrics: differencesOf(before, after, drawn), resamples, rows: rowsIn(strata) }
}

function less(candidate: Metrics, baseline: Metrics): Metrics {
  const differences: Metrics = {}
  for (const name of namesOf(candidate)) {
    const [one, other] = [candidate[name], baseline[name]]
    if (one !== undefined && other !== undefined) differences[name] = one - other
  }
  return differences
}

function differencesOf(baseline: Metrics, candidate: Metrics, drawn: readonly Metrics[]): DifferenceResult['metrics'] {
  const found: DifferenceResult['metrics'] = {}
  for (const name of namesOf(candidate)) {
    const [one, other] = [candidate[name], baseline[name]]
    if (one === undefined || other === undefined) continue
    const sorted = Float64Array.from(drawn.map((differences) => differences[name] ?? one - other)).sort()
    const [low, high] = [quantileOfSorted(sorted, 0.025), quantileOfSorted(sorted, 0.975)]
    found[name] = { baseline: other, candidate: one, difference: one - other, low, high }
  }
  return found
}

function namesOf(metrics: Metrics): MetricName[] {
  // The keys of a record by metric name are metric names.
  return Object.keys(metrics) as MetricName[]
}
