import { metricRange } from './metric-range.ts'
import { higherIsBetter, type MetricName, type Metrics } from './metrics.ts'
import { comparePaired, type PairedDifference } from './paired-difference.ts'

/** What one fold measured. */
export interface FoldFigures {
  readonly trainRows: number
  readonly testRows: number
  readonly metrics: Metrics
}

/** A mean with its 95 % interval; no interval where there are too few folds. */
export interface FoldMean {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

/** The mean of a measure over the folds that define it; undefined where none does. */
export function meanOfFolds(folds: readonly FoldFigures[], metric: MetricName): FoldMean | undefined {
  const pairs = folds.flatMap(({ metrics, trainRows, testRows }) => {
    const candidate = metrics[metric]
    return candidate === undefined ? [] : [{ candidate, baseline: 0, trainRows, testRows }]
  })
  if (pairs.length === 0) return undefined
  const { difference: value, low, high } = comparePaired(pairs, true)
  if (pairs.length < 2) return { value, low: null, high: null }
  const [least, most] = metricRange(metric)
  return { value, low: Math.max(least, low), high: Math.min(most, high) }
}

/** How much better `candidate` is than `baseline` on the same folds; positive is better, whatever the measure. */
export function compareFolds(
  candidate: readonly FoldFigures[],
  baseline: readonly FoldFigures[],
  metric: MetricName,
): PairedDifference {
  const pairs = candidate.flatMap(({ metrics, trainRows, testRows }, fold) => {
    const own = metrics[metric]
    const other = baseline[fold]?.metrics[metric]
    return own === undefined || other === undefined ? [] : [{ candidate: own, baseline: other, trainRows, testRows }]
  })
  return comparePaired(pairs, higherIsBetter(metric))
}
