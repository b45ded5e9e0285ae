import type { MetricName } from './metrics.ts'

/** Range in which a measure can lie; an interval that leaves it says nothing more. */
const RANGES: Readonly<Record<MetricName, readonly [number, number]>> = {
  auc: [0, 1],
  logLoss: [0, Number.MAX_VALUE],
  accuracy: [0, 1],
  f1: [0, 1],
  brier: [0, 2],
  r2: [-Number.MAX_VALUE, 1],
  rmse: [0, Number.MAX_VALUE],
  mae: [0, Number.MAX_VALUE],
}

/** The least and the most that a measure can be. */
export function metricRange(metric: MetricName): readonly [number, number] {
  return RANGES[metric]
}
