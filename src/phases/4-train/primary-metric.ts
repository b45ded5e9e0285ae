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

export function wireName(metric: MetricName): string {
  return wireNames[metric]
}

export function metricTitle(metric: MetricName): string {
  return titles[metric]
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
