import { countText, numberText } from '#core/number-text'
import { meanOfFolds } from '#ml/fold-comparison'
import type { MetricName } from '#ml/metrics'
import { higherIsBetter } from '#ml/metrics'
import { type Target, targetRows } from '#ml/table'
import type { Measured } from './measured-candidate.ts'
import { metricTitle } from './primary-metric.ts'

const FEW_ROWS = 200
const RARE_ROWS = 30
/** An interval wider than this share of the way from the baseline to a perfect score is called wide. */
const WIDE = 0.25
/** A gap of this share of the distance to the baseline is called large. */
const LARGE_GAP = 0.25

/** What may go wrong with every candidate on these rows. */
export function tableRisks(target: Target, columns: number): string[] {
  const rows = targetRows(target)
  const risks: string[] = []
  if (rows < FEW_ROWS) risks.push(`Few rows: ${countText(rows, 'training row')}, so every figure is uncertain.`)
  if (columns > rows)
    risks.push(
      `More columns than rows: ${columns} columns, ${countText(rows, 'training row')}. Chance patterns are likely.`,
    )
  if (target.task !== 'regression') risks.push(...rareRisks(target))
  return risks
}

function rareRisks({ codes, classes }: Exclude<Target, { task: 'regression' }>): string[] {
  const counts = classes.map(() => 0)
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1
  const rare = classes.flatMap((name, k) => ((counts[k] ?? 0) < RARE_ROWS ? [`"${name}" (${counts[k]})`] : []))
  if (rare.length === 0) return []
  const shown = rare.length > 6 ? `${rare.slice(0, 6).join(', ')} and ${rare.length - 6} more` : rare.join(', ')
  return [`Rare classes: ${shown}, counted in training rows. What is said of them rests on few examples.`]
}

/** What may go wrong with one candidate. */
export function candidateRisks(candidate: Measured, dummy: Measured, metric: MetricName): string[] {
  const mean = meanOfFolds(candidate.folds, metric)
  const base = meanOfFolds(dummy.folds, metric)
  if (mean === undefined || base === undefined || candidate === dummy) return []
  const risks: string[] = []
  const way = Math.abs((higherIsBetter(metric) ? 1 : 0) - base.value)
  if (mean.low === null || mean.high === null) risks.push('One fold only, so the score has no interval.')
  else if (mean.high - mean.low > WIDE * way) {
    risks.push(
      `Wide interval: the ${metricTitle(metric)} of new rows may lie anywhere from ${numberText(mean.low)} to ${numberText(mean.high)}.`,
    )
  }
  const learnt = candidate.trained[metric]
  if (learnt !== undefined && Math.abs(learnt - mean.value) > LARGE_GAP * way) {
    risks.push(
      `It fits the rows it learnt from much better than new ones (${metricTitle(metric)} ${numberText(learnt)} against ${numberText(mean.value)}).`,
    )
  }
  return risks
}
