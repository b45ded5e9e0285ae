import { numberText } from '#core/number-text'
import type { MetricName } from '#ml/metrics'
import { type Contender, recommendTrainer, type TrainerRecommendation } from '#ml/recommend-trainer'
import { metricTitle } from './primary-metric.ts'
import { type TrainerName, trainerFacts } from './trainers.ts'

export interface Recommendation {
  readonly trainer: TrainerName
  /** The one with the best mean over the folds. */
  readonly best: TrainerName
  readonly reason: string
}

/**
 * The rule of `ml`, and why in words. The baseline is recommended only where nothing is told apart from it, a glass box
 * of curves and a linear model are decided by their means, and what is harder to read has to earn it.
 */
export function recommend(contenders: readonly Contender<TrainerName>[], metric: MetricName): Recommendation {
  const found = recommendTrainer(contenders, metric)
  return { trainer: found.trainer, best: found.best, reason: reasonOf(found, metric) }
}

function reasonOf(found: TrainerRecommendation<TrainerName>, metric: MetricName): string {
  const { trainer, best, mean, level, beatsBaseline } = found
  const title = metricTitle(metric)
  const value = `a mean ${title} of ${numberText(mean)}`
  if (trainer === 'dummy') {
    const lead = 'No distinguishable gain: no trainer is distinguishably better than the baseline that knows no column'
    return `${lead}, so the columns are not shown to predict the label. More rows, or other columns, may.`
  }
  if (trainer !== best)
    return `It cannot be told apart from ${trainerFacts(best).title}, which has the best mean ${title}, and it is easier to read.`
  const others = level.filter((one) => one !== trainer && one !== 'dummy').map((one) => trainerFacts(one).title)
  if (level.includes('dummy') && beatsBaseline !== null) {
    const better = `but ${trainerFacts(beatsBaseline).title} is distinguishably better than the baseline`
    return `It has the best mean, ${value}; ${['the baseline', ...others].join(' and ')} cannot be told apart from it, ${better}.`
  }
  if (others.length > 0)
    return `It has the best mean, ${value}; ${others.join(' and ')} cannot be told apart from it, but ${others.length > 1 ? 'are' : 'is'} no easier to read.`
  return `It has the best mean, ${value}, and every other candidate is distinguishably worse.`
}
