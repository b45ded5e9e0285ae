import type { FoldResult } from '#ml/evaluate-fold'
import { higherIsBetter, type MetricName } from '#ml/metrics'
import { comparePaired } from '#ml/paired-difference'
import { studentTDistribution, studentTQuantile } from '#ml/student-t'
import { numberText } from './number-text.ts'

/** How much better a set of columns is than another on the same folds; positive is better. */
export interface Gain {
  readonly metric: MetricName
  readonly difference: number
  readonly low: number
  readonly high: number
  readonly folds: number
  /** Two-sided probability of such a difference where there is none, before any correction. */
  readonly p: number
}

/** Compares two sets fold by fold, with the variance widened as in Nadeau and Bengio (2003). */
export function gainOf(candidate: readonly FoldResult[], baseline: readonly FoldResult[], metric: MetricName): Gain {
  const pairs = candidate.flatMap(({ metrics, trainRows, rows }, fold) => {
    const own = metrics[metric]
    const other = baseline[fold]?.metrics[metric]
    return own === undefined || other === undefined
      ? []
      : [{ candidate: own, baseline: other, trainRows, testRows: rows.length }]
  })
  if (pairs.length < 2) return { metric, difference: 0, low: -Number.MAX_VALUE, high: Number.MAX_VALUE, folds: pairs.length, p: 1 }
  const { difference, low, high, folds } = comparePaired(pairs, higherIsBetter(metric))
  const error = (high - low) / 2 / studentTQuantile(0.975, folds - 1)
  const p = error > 0 ? 2 * (1 - studentTDistribution(Math.abs(difference) / error, folds - 1)) : difference === 0 ? 1 : 0
  return { metric, difference, low, high, folds, p: Math.max(0, p) }
}

/** The level that a gain has to reach after Bonferroni's correction. */
const level = 0.05

/** Whether the gain is told from chance although so many candidates were tried. */
export function isDistinguishable({ difference, p }: Gain, tried: number): boolean {
  return difference > 0 && p * Math.max(1, tried) < level
}

const titles: Readonly<Record<MetricName, string>> = { auc: 'AUC', logLoss: 'log loss', accuracy: 'accuracy', f1: 'F1', brier: 'Brier score', r2: 'R²', rmse: 'RMSE', mae: 'MAE' }
const wireNames: Readonly<Record<MetricName, string>> = { auc: 'auc', logLoss: 'logloss', accuracy: 'accuracy', f1: 'f1', brier: 'brier', r2: 'r2', rmse: 'rmse', mae: 'mae' }

/** A measure as people write it. */
export function metricTitle(metric: MetricName): string {
  return titles[metric]
}

/** A measure as it goes over the wire. */
export function metricName(metric: MetricName): string {
  return wireNames[metric]
}

/** The gain in a sentence; `what` is who gains. */
export function gainSentence(gain: Gain, tried: number): string {
  const { difference, low, high, folds, metric, p } = gain
  if (folds < 2) return 'No distinguishable gain: there are too few folds to show a difference.'
  const size = `${numberText(Math.abs(difference))} ${difference < 0 ? 'worse' : 'better'} in ${titles[metric]}`
  const range = `paired over the same ${folds} folds, 95 % interval ${numberText(low)} to ${numberText(high)}, positive is better`
  if (low <= 0 && high >= 0) return `No distinguishable gain: ${size}, and the interval covers zero (${range}).`
  if (difference < 0) return `A distinguishable loss: ${size} (${range}).`
  const corrected = Math.min(1, p * Math.max(1, tried))
  const chance = corrected < 0.0001 ? 'under 0.0001' : numberText(corrected)
  if (!isDistinguishable(gain, tried)) return `Not distinguishable after so many tries: ${size} (${range}), but one of ${tried} candidates would show as much by chance with a probability up to ${chance}.`
  const words = tried > 1 ? `, ${chance} after Bonferroni's correction for ${tried} candidates` : ''
  return `A distinguishable gain: ${size} (${range}; probability by chance ${p < 0.0001 ? 'under 0.0001' : numberText(p)}${words}).`
}
