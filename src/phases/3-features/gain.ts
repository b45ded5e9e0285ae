import { countText, numberText } from '#core/number-text'
import type { FoldResult } from '#ml/evaluate-fold'
import { higherIsBetter, type MetricName } from '#ml/metrics'
import { comparePaired } from '#ml/paired-difference'
import { studentTDistribution, studentTQuantile } from '#ml/student-t'

/** How much better a set of columns is than another on the same folds; positive is better. */
export interface Gain {
  readonly metric: MetricName
  readonly difference: number
  readonly low: number
  readonly high: number
  readonly folds: number
  /** Probability of such a gain, or a larger one, where there is none, before any correction. */
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
  const p = error > 0 ? 1 - studentTDistribution(difference / error, folds - 1) : difference > 0 ? 0 : 1
  return { metric, difference, low, high, folds, p: Math.min(1, Math.max(0, p)) }
}

/** The level that a gain has to reach after correction. */
const level = 0.05

/** A gain judged as one of many tries. */
export interface JudgedGain extends Gain {
  /** The probability after Holm's correction. */
  readonly corrected: number
  /** Tries over which chance is shared out. */
  readonly tried: number
}

/**
 * Corrects the probabilities of several gains by Holm's procedure, which bounds the chance of even one wrong finding. All
 * tries count; those that were given up before a test stand behind the ones that were tested.
 */
export function judgeGains(gains: readonly Gain[], tried = gains.length): JudgedGain[] {
  const count = Math.max(1, tried, gains.length)
  const order = Array.from(gains.keys()).sort((a, b) => (gains[a]?.p ?? 1) - (gains[b]?.p ?? 1))
  const corrected = new Map<number, number>()
  let most = 0
  for (const [place, i] of order.entries()) {
    most = Math.min(1, Math.max(most, (gains[i]?.p ?? 1) * (count - place)))
    corrected.set(i, most)
  }
  return gains.map((gain, i) => ({ ...gain, corrected: corrected.get(i) ?? 1, tried: count }))
}

/** Whether the gain is told from chance although so much was tried. */
export function isDistinguishable({ difference, corrected }: JudgedGain): boolean {
  return difference > 0 && corrected < level
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
export function gainSentence(gain: JudgedGain): string {
  const { difference, low, high, folds, metric, p, corrected, tried } = gain
  if (folds < 2) return 'No distinguishable gain: there are too few folds to show a difference.'
  const size = `${numberText(Math.abs(difference))} ${difference < 0 ? 'worse' : 'better'} in ${titles[metric]}`
  const range = `paired over the same ${folds} folds, 95 % interval ${numberText(low)} to ${numberText(high)}, positive is better`
  if (low <= 0 && high >= 0) return `No distinguishable gain: ${size}, and the interval covers zero (${range}).`
  if (difference < 0) return `A distinguishable loss: ${size} (${range}).`
  const chance = corrected < 0.0001 ? 'under 0.0001' : numberText(corrected)
  if (!isDistinguishable(gain)) return `Not distinguishable after so many tries: ${size} (${range}), but one of ${countText(tried, 'try', 'tries')} would show as much by chance with a probability up to ${chance}.`
  const words = tried > 1 ? `, ${chance} after Holm's correction for ${countText(tried, 'try', 'tries')}` : ''
  return `A distinguishable gain: ${size} (${range}; probability by chance ${p < 0.0001 ? 'under 0.0001' : numberText(p)}${words}).`
}
