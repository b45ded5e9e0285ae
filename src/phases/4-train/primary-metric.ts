import type { TaskName } from '#core/run-settings'
import { higherIsBetter, leadingMetric, type MetricName, type Metrics } from '#ml/metrics'

/** Names on the wire. */
const wireNames: Readonly<Record<MetricName, string>> = {
  auc: 'auc',
  logLoss: 'logloss',
  accuracy: 'accuracy',
  f1: 'f1',
  brier: 'brier',
  r2: 'r2',
  rmse: 'rmse',
  mae: 'mae',
}

const titles: Readonly<Record<MetricName, string>> = {
  auc: 'AUC',
  logLoss: 'log loss',
  accuracy: 'accuracy',
  f1: 'F1',
  brier: 'Brier score',
  r2: 'R²',
  rmse: 'RMSE',
  mae: 'MAE',
}

/** Range in which a measure can lie; an interval that leaves it says nothing more. */
const ranges: Readonly<Record<MetricName, readonly [number, number]>> = {
  auc: [0, 1],
  logLoss: [0, Number.MAX_VALUE],
  accuracy: [0, 1],
  f1: [0, 1],
  brier: [0, 2],
  r2: [-Number.MAX_VALUE, 1],
  rmse: [0, Number.MAX_VALUE],
  mae: [0, Number.MAX_VALUE],
}

export function wireName(metric: MetricName): string {
  return wireNames[metric]
}

export function metricTitle(metric: MetricName): string {
  return titles[metric]
}

export function metricRange(metric: MetricName): readonly [number, number] {
  return ranges[metric]
}

/** The measure that ranks the candidates: the task's own, or log loss where a fold has one class only and no AUC. */
export function primaryMetric(task: TaskName, folds: readonly Metrics[]): MetricName {
  const leading = leadingMetric(task)
  return folds.every((metrics) => metrics[leading] !== undefined) ? leading : 'logLoss'
}

/** A measure as a score: higher is always better. */
export function scoreOf(metric: MetricName, value: number): number {
  return higherIsBetter(metric) || value === 0 ? value : -value
}

/** Which way is better, as a word. */
export function higherOrLower(metric: MetricName): 'higher' | 'lower' {
  return higherIsBetter(metric) ? 'higher' : 'lower'
}
