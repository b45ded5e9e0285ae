import type { Option } from '#core/decision'
import { type FoldFigures, meanOfFolds } from '#ml/fold-comparison'
import type { MetricName, Metrics } from '#ml/metrics'
import type { Board } from './candidate-option.ts'
import type { CardJson } from './card-json.ts'
import { partsJson } from './model-parts.ts'
import type { Bench } from './measured-candidate.ts'
import { wireName } from './primary-metric.ts'

/** The comparison as it is kept with the model: every candidate with its folds, means and evidence. */
export function boardJson(bench: Bench, board: Board, options: readonly Option[]): CardJson {
  return {
    metric: wireName(board.metric),
    recommended: board.recommendation.trainer,
    reason: board.recommendation.reason,
    folds: bench.folds.map((fold) => ({ train_rows: fold.train.length, test_rows: fold.test.length })),
    left_out: bench.rows.leftOut.map((one) => ({ ...one })),
    notes: [...bench.budget.notes],
    candidates: options.flatMap((option) => {
      const candidate = board.candidates.find((one) => one.plan.trainer === option.id)
      if (candidate === undefined) return []
      const { folds, trained, model } = candidate
      const evidence = option.evidence.map(({ label, text, value, interval }) => ({ label, text, value, interval }))
      return [
        {
          trainer: option.id,
          title: option.title,
          score: option.score,
          ...partsJson(model),
          cv: meansJson(folds),
          train: metricsJson(trained),
          evidence,
          risks: option.risks,
        },
      ]
    }),
  }
}

/** The mean of every measure over the folds, by its name on the wire. */
export function meansJson(
  folds: readonly FoldFigures[],
): Record<string, { value: number; low: number | null; high: number | null }> {
  const names = new Set(folds.flatMap(({ metrics }) => metricNames(metrics)))
  return Object.fromEntries(
    [...names].flatMap((metric) => {
      const mean = meanOfFolds(folds, metric)
      return mean === undefined ? [] : [[wireName(metric), { ...mean }]]
    }),
  )
}

/** Measures by their name on the wire. */
export function metricsJson(metrics: Metrics): Record<string, number> {
  return Object.fromEntries(metricNames(metrics).map((metric) => [wireName(metric), metrics[metric] ?? 0]))
}

function metricNames(metrics: Metrics): MetricName[] {
  const all: readonly MetricName[] = ['auc', 'logLoss', 'accuracy', 'f1', 'brier', 'r2', 'rmse', 'mae']
  return all.filter((metric) => metrics[metric] !== undefined)
}
