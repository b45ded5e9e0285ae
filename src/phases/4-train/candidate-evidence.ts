import type { Evidence } from '#core/decision'
import { countText, numberText } from '#core/number-text'
import { compareFolds, meanOfFolds } from '#ml/fold-comparison'
import { higherIsBetter, type MetricName } from '#ml/metrics'
import type { PairedDifference } from '#ml/paired-difference'
import type { Measured } from './measured-candidate.ts'
import { termsEvidence, workEvidence } from './model-parts.ts'
import { metricTitle, wireName } from './primary-metric.ts'
import { trainerFacts } from './trainers.ts'

/** What a candidate is held against. */
export interface Comparison {
  readonly metric: MetricName
  readonly best: Measured
  readonly dummy: Measured
}

/** The measured facts of one candidate. */
export function candidateEvidence(candidate: Measured, comparison: Comparison): Evidence[] {
  const { folds } = candidate
  const { metric, best, dummy } = comparison
  const evidence = [meanEvidence(candidate, metric)]
  if (candidate !== best)
    evidence.push(
      differenceEvidence(candidate, best, {
        metric,
        label: `Against ${trainerFacts(best.plan.trainer).title}, the best`,
      }),
    )
  if (candidate !== dummy)
    evidence.push(differenceEvidence(candidate, dummy, { metric, label: 'Against the baseline' }))
  evidence.push(gapEvidence(candidate, metric))
  if (candidate.calibrationError !== null) evidence.push(calibrationEvidence(candidate.calibrationError))
  evidence.push(termsEvidence(candidate.model), workEvidence(candidate.model, folds.length))
  return evidence
}

function meanEvidence({ folds }: Measured, metric: MetricName): Evidence {
  const title = metricTitle(metric)
  const mean = meanOfFolds(folds, metric)
  const label = `${title[0]?.toUpperCase() ?? ''}${title.slice(1)} in cross-validation`
  const data = { metric: wireName(metric), folds: folds.map(({ metrics }) => metrics[metric] ?? null) }
  if (mean === undefined) return { label, text: `No fold defines the ${title}.`, value: null, interval: null, data }
  const better = higherIsBetter(metric) ? 'higher is better' : 'lower is better'
  const interval: [number, number] | null = mean.low === null || mean.high === null ? null : [mean.low, mean.high]
  const range =
    interval === null
      ? 'no interval from one fold'
      : `95 % interval ${numberText(interval[0])} to ${numberText(interval[1])}`
  return {
    label,
    text: `${title} ${numberText(mean.value)} on rows it had not learnt from (${range}, ${countText(folds.length, 'fold')}; ${better}).`,
    value: mean.value,
    interval,
    data,
  }
}

interface Against {
  readonly metric: MetricName
  readonly label: string
}

function differenceEvidence(candidate: Measured, other: Measured, { metric, label }: Against): Evidence {
  const found = compareFolds(candidate.folds, other.folds, metric)
  const interval: [number, number] | null = found.folds < 2 ? null : [found.low, found.high]
  return { label, text: differenceSentence(found, metric), value: found.difference, interval, data: null }
}

function differenceSentence({ difference, low, high, folds, verdict }: PairedDifference, metric: MetricName): string {
  if (folds < 2) return 'No distinguishable gain: one fold cannot show a difference.'
  const size = `${numberText(Math.abs(difference))} ${difference < 0 ? 'worse' : 'better'} in ${metricTitle(metric)}`
  const range = `paired over the same ${folds} folds, 95 % interval ${numberText(low)} to ${numberText(high)}, positive is better`
  if (verdict === 'no distinguishable gain')
    return `No distinguishable gain: ${size}, and the interval covers zero (${range}).`
  return `Distinguishable: ${size} (${range}).`
}

function gapEvidence({ folds, trained }: Measured, metric: MetricName): Evidence {
  const label = 'Gap between learnt and new rows'
  const learnt = trained[metric]
  const fresh = meanOfFolds(folds, metric)?.value
  if (learnt === undefined || fresh === undefined)
    return { label, text: 'Not defined for these rows.', value: null, interval: null, data: null }
  const gap = higherIsBetter(metric) ? learnt - fresh : fresh - learnt
  const text = `${metricTitle(metric)} ${numberText(learnt)} on the rows it learnt from, ${numberText(fresh)} on others: a gap of ${numberText(gap)}.`
  return { label, text, value: gap, interval: null, data: null }
}

function calibrationEvidence(error: number): Evidence {
  const text = `Before calibration, a probability is off by ${numberText(error)} on average from the share of rows it turns out to be.`
  return { label: 'Calibration error', text, value: error, interval: null, data: null }
}
