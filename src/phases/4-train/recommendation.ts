import type { MetricName } from '#ml/metrics'
import { compareFolds, type FoldFigures, meanOfFolds } from './fold-comparison.ts'
import { numberText } from './number-text.ts'
import { metricTitle, scoreOf } from './primary-metric.ts'
import { type TrainerName, trainerFacts } from './trainers.ts'

/** What the rule looks at. */
export interface Contender {
  readonly trainer: TrainerName
  readonly folds: readonly FoldFigures[]
}

export interface Recommendation {
  readonly trainer: TrainerName
  /** Mean over folds, so that higher is better. */
  readonly best: TrainerName
  readonly reason: string
}

/**
 * The rule, in one place. The candidate with the best mean is the best. Of all whose difference to the best has an
 * interval that covers zero, the easiest to read is recommended; of those that are as easy to read as each other, the
 * one with the better mean. So the baseline is recommended only where nothing is told apart from it, a glass box of
 * curves and a linear model are decided by their means, and what is harder to read has to earn it.
 */
export function recommend(contenders: readonly Contender[], metric: MetricName): Recommendation {
  const ranked = contenders
    .map((contender) => ({ ...contender, score: meanScore(contender, metric), facts: trainerFacts(contender.trainer) }))
    .sort((a, b) => b.score - a.score || a.facts.reading - b.facts.reading)
  const best = ranked[0]
  if (best === undefined) throw new Error('there is no trainer to recommend')
  const level = ranked.filter((one) => one === best || compareFolds(one.folds, best.folds, metric).verdict !== 'loss')
  const easiest = Math.min(...level.map((one) => one.facts.reading))
  const chosen = level.find((one) => one.facts.reading === easiest) ?? best
  const others = level.filter((one) => one !== chosen).map((one) => one.facts.title)
  return { trainer: chosen.trainer, best: best.trainer, reason: reasonOf({ chosen, best, others, metric }) }
}

function meanScore(contender: Contender, metric: MetricName): number {
  return scoreOf(metric, meanOfFolds(contender.folds, metric)?.value ?? 0)
}

interface Reasoned {
  readonly chosen: {
    readonly trainer: TrainerName
    readonly score: number
    readonly facts: { readonly title: string; readonly reading: number }
  }
  readonly best: Reasoned['chosen']
  readonly others: readonly string[]
  readonly metric: MetricName
}

function reasonOf({ chosen, best, others, metric }: Reasoned): string {
  const title = metricTitle(metric)
  const value = `a mean ${title} of ${numberText(Math.abs(chosen.score))}`
  if (chosen.trainer === 'dummy') {
    const lead = 'No distinguishable gain: no trainer can be told apart from the baseline that knows no column'
    return `${lead}, so the columns are not shown to predict the label. More rows, or other columns, may.`
  }
  if (chosen !== best)
    return `It cannot be told apart from ${best.facts.title}, which has the best mean ${title}, and it is easier to read.`
  if (others.length > 0)
    return `It has the best mean, ${value}; ${others.join(' and ')} cannot be told apart from it, but ${others.length > 1 ? 'are' : 'is'} no easier to read.`
  return `It has the best mean, ${value}, and every other candidate is distinguishably worse.`
}
