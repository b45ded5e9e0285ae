import type { Labelled } from '#core/outcomes'
import type { CalibrationMap } from '#ml/calibration-map'
import type { Prediction } from '#ml/prediction'
import type { RowsJudgement } from '#ml/judge-rows'
import { isRefusal } from '#ml/refusal'
import { type Target, targetRows } from '#ml/table'
import type { Tools } from '#phases/phase'
import { applyCalibration } from './calibrate-scores.ts'
import { loadSealed } from './load-rows.ts'
import type { Measured } from './measured-candidate.ts'
import { runOne } from './run-task.ts'
import type { TrainingDecision } from './schema.ts'
import { type TestMetrics, testMetrics } from './test-metrics.ts'

interface SealedRequest {
  readonly labelled: Labelled
  readonly decision: TrainingDecision
  readonly candidate: Measured
  readonly calibration: CalibrationMap
  readonly threshold: number | null
}

/** What the finished model says of the sealed rows: the one look at them. */
export interface Sealed {
  readonly target: Target
  readonly prediction: Prediction
  readonly test: TestMetrics
  /** Worst segments by the columns that the model reads, and the tables and plots of the task. */
  readonly judged: RowsJudgement
  readonly rows: number
}

/** Scores the sealed rows once; nothing is chosen by them. */
export async function scoreSealed(
  { labelled, decision, candidate, calibration, threshold }: SealedRequest,
  tools: Tools,
): Promise<Sealed> {
  const { table, target, weights } = await loadSealed(labelled, decision.features, tools)
  const { compute, signal } = tools
  const said = await runOne({ compute, task: 'predictTable', input: { model: candidate.model, table } }, { signal })
  if (isRefusal(said)) throw new Error(`the model cannot read the sealed rows: ${said.message}`)
  const prediction = applyCalibration(calibration, said)
  const judging = runOne({ compute, task: 'judgeRows', input: { table, target, prediction } }, { signal })
  const [test, judged] = await Promise.all([testMetrics({ target, prediction, weights, threshold }, tools), judging])
  return {
    target,
    prediction,
    test,
    judged,
    rows: targetRows(target),
  }
}
