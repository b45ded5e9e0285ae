/** The measures that exist, as scikit-learn defines them; `brier` of many classes is the sum over them, not halved. */
export type MetricName = 'auc' | 'logLoss' | 'accuracy' | 'f1' | 'brier' | 'r2' | 'rmse' | 'mae'

/** Measures of one prediction; a measure that is not defined (one class only) is absent. */
export type Metrics = Partial<Record<MetricName, number>>

/** Measures a prediction with weights on the rows (their own, bootstrap counts, or both), or with one each. */
export type Measurer = (weights?: ArrayLike<number>) => Metrics

/** Whether a larger value of the measure is better. */
export function higherIsBetter(metric: MetricName): boolean {
  return metric === 'auc' || metric === 'accuracy' || metric === 'f1' || metric === 'r2'
}

/** The measure by which trainers are compared. */
export function leadingMetric(task: 'binary' | 'multiclass' | 'regression'): MetricName {
  if (task === 'regression') return 'r2'
  return task === 'binary' ? 'auc' : 'logLoss'
}

/** Weighted mean of a value by row. */
export function weightedMean(values: Float64Array, weights?: ArrayLike<number>): number {
  let sum = 0
  let total = 0
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? (weights[i] as number) : 1
    sum += weight * (values[i] as number)
    total += weight
  }
  return sum / total
}

/** Clips a probability as scikit-learn's log_loss does, to the machine epsilon. */
export function clipProbability(probability: number): number {
  return Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability))
}
