import type { Option } from '#core/decision'
import { meanOfFolds } from '#ml/fold-comparison'
import type { MetricName } from '#ml/metrics'
import { higherIsBetter } from '#ml/metrics'
import { candidateEvidence } from './candidate-evidence.ts'
import { candidateRisks } from './candidate-risks.ts'
import { partsJson } from './model-parts.ts'
import type { Measured } from './measured-candidate.ts'
import { metricTitle, scoreOf } from './primary-metric.ts'
import type { Recommendation } from './recommendation.ts'
import { trainerFacts } from './trainers.ts'

/** Everything that the options of one proposal have in common. */
export interface Board {
  readonly candidates: readonly Measured[]
  readonly metric: MetricName
  readonly recommendation: Recommendation
  readonly risks: readonly string[]
}

/** The candidates as options, the best mean first. */
export function candidateOptions(board: Board): { readonly options: Option[]; readonly order: readonly Measured[] } {
  const order = board.candidates.toSorted((a, b) => meanScore(b, board.metric) - meanScore(a, board.metric))
  return { options: order.map((candidate, index) => optionOf(candidate, index, board)), order }
}

/** Mean score over the folds; higher is better. */
export function meanScore(candidate: Measured, metric: MetricName): number {
  return scoreOf(metric, meanOfFolds(candidate.folds, metric)?.value ?? 0)
}

function optionOf(candidate: Measured, index: number, board: Board): Option {
  const { candidates, metric, recommendation } = board
  const find = (trainer: string): Measured => candidates.find((one) => one.plan.trainer === trainer) ?? candidate
  const facts = trainerFacts(candidate.plan.trainer)
  const recommended = facts.name === recommendation.trainer
  const way = higherIsBetter(metric)
    ? metricTitle(metric)
    : `${metricTitle(metric)} with its sign turned, so that higher is better`
  return {
    index,
    id: facts.name,
    title: facts.title,
    summary: `${facts.summary}${recommended ? ` Recommended: ${recommendation.reason}` : ''} The score is the mean ${way}, in cross-validation.`,
    recommended,
    score: meanScore(candidate, metric),
    evidence: candidateEvidence(candidate, { metric, best: find(recommendation.best), dummy: find('dummy') }),
    risks: [...candidateRisks(candidate, find('dummy'), metric), ...board.risks],
    effect: { trainer: facts.name, ...partsJson(candidate.model), link: candidate.model.link },
  }
}
