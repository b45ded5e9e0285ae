import { confusionMatrix } from '#ml/confusion'
import type { RowsJudgement } from '#ml/judge-rows'
import type { Prediction } from '#ml/prediction'
import { judgePrediction } from '#ml/reliability'
import { summariseResiduals } from '#ml/residuals'
import type { Target } from '#ml/table'
import { curvePoints, thresholdTable } from './binary-curves.ts'
import { metricsJson } from './board-json.ts'
import type { ChosenCall } from './choose-call.ts'
import { classTable } from './class-table.ts'

interface Judged {
  readonly target: Target
  /** Calibrated. */
  readonly prediction: Prediction
  readonly call: Pick<ChosenCall, 'threshold'>
  readonly judged: RowsJudgement
}

/** The tables and plots of the task, of rows that the model did not learn from. */
export function judgedRows({ target, prediction, call, judged }: Judged, thresholds = 20): Record<string, unknown> {
  const { lift, precision, scores, residuals, classes } = judged
  const segments = segmentsJson(judged.segments)
  if (target.task === 'regression') {
    const summary = prediction.task === 'regression' ? summariseResiduals(target.values, prediction.value) : null
    return { residuals: summary, residual_plots: residuals, segments }
  }
  const confusion = confusionMatrix(target, prediction, call.threshold ?? 0.5)
  const table = classTable(confusion)
  const shared = { confusion, class_table: table, reliability: judgePrediction(target, prediction), segments }
  if (prediction.task !== 'binary') return { ...shared, one_against_rest: classes }
  return {
    ...shared,
    lift,
    precision_by_share: precision,
    score_histogram: scores,
    curves: curvePoints(target.codes, prediction.probability),
    thresholds: thresholdTable(target.codes, prediction.probability, thresholds),
  }
}

function segmentsJson(found: RowsJudgement['segments']): object {
  const segments = found.segments.map((segment) => ({ ...segment, metrics: metricsJson(segment.metrics) }))
  return { ...found, segments, metrics: metricsJson(found.metrics) }
}
