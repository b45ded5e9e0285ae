import type { Json } from '#core/canonical-json'
import type { Labelled } from '#core/outcomes'
import { forestCurves } from '#ml/forest-curves'
import type { RowsJudgement } from '#ml/judge-rows'
import type { Model } from '#ml/model'
import type { Prediction } from '#ml/prediction'
import type { Target } from '#ml/table'
import { termImportances } from '#ml/term-importances'
import type { ChosenCalibration } from './calibrate-scores.ts'
import type { ChosenCall } from './choose-call.ts'
import { judgedRows } from './judged-rows.ts'
import { snakeJson } from './snake-json.ts'
import type { TestMetrics } from './test-metrics.ts'

/** Everything that is known of a trained model once the sealed rows were scored. */
export interface Evaluated {
  readonly labelled: Labelled
  readonly model: Model
  readonly target: Target
  /** Of the sealed rows, calibrated. */
  readonly prediction: Prediction
  readonly calibration: ChosenCalibration
  readonly call: ChosenCall
  readonly test: TestMetrics
  readonly judged: RowsJudgement
  readonly crossValidation: Json
  readonly board: Json
  /** What was edited and what that changed; null where nothing was. */
  readonly edits: Json
  readonly notes: readonly string[]
}

/** The evaluation as it is kept: the comparison, the sealed rows, and the curves of the model. */
export function evaluationJson(evaluated: Evaluated): Record<string, unknown> {
  const { labelled, model, test, calibration, call } = evaluated
  const shapes = {
    link: model.link,
    intercepts: model.intercepts,
    logScale: model.logScale ?? null,
    terms: model.forest === undefined ? model.terms : forestCurves(model.forest),
    // What trees say of one column alone is not what they add: the columns act together.
    kind: model.forest === undefined ? 'terms' : 'partial dependence',
  }
  const judged = snakeJson({
    format: 'signalbox-evaluation',
    version: 1,
    label: labelled.label.name,
    task: labelled.task,
    classes: labelled.classes,
    positive: labelled.positive,
    trainer: model.trainer,
    cross_validation: evaluated.crossValidation,
    test: {
      metrics: test.metrics,
      rows: labelled.rows.test,
      resamples: test.resamples,
      interval: 'bootstrap percentiles, 95 %',
    },
    ...judgedRows(evaluated),
    calibration: calibration.measured === null ? { kind: calibration.map.kind } : calibrationJson(calibration),
    threshold:
      call.threshold === null ? null : { value: call.threshold, reason: call.reason, out_of_fold: call.choice },
    importances: importancesOf(model),
    left_out: labelled.left_out,
    notes: evaluated.notes,
  })
  return { ...judged, board: evaluated.board, shapes: snakeJson(shapes), ...(evaluated.edits === null ? {} : { edits: evaluated.edits }) }
}

function calibrationJson({ map, measured }: ChosenCalibration): object {
  const judged = measured?.candidates.map(({ kind, logLoss, difference }) => ({
    kind,
    logloss: logLoss,
    gain: difference.difference,
    interval: [difference.low, difference.high],
    text: difference.sentence,
  }))
  return { kind: map.kind, candidates: judged, out_of_fold: { before: measured?.before, after: measured?.after } }
}

/** A pair is a part of its own, named by both features. */
function importancesOf(model: Model): object[] {
  return termImportances(model).map(({ name, features, importance, interval }) => ({ feature: name, features, importance, ...(interval ? { interval } : {}) }))
}
