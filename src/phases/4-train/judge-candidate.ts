import type { Json } from '#core/canonical-json'
import type { RowsJudgement } from '#ml/judge-rows'
import type { Prediction } from '#ml/prediction'
import { takeWeights } from '#ml/row-weights'
import type { Table, Target } from '#ml/table'
import type { Tools } from '#phases/phase'
import { applyCalibration, chooseCalibration } from './calibrate-scores.ts'
import { chooseCall } from './choose-call.ts'
import { judgedRows } from './judged-rows.ts'
import type { Measured } from './measured-candidate.ts'
import { runTask } from './run-task.ts'
import { snakeJson } from './snake-json.ts'

/** Rows of the training side that a candidate was judged on without having learnt from them. */
export interface FreshRows {
  readonly rows: Int32Array
  /** Those rows only. */
  readonly table: Table
  readonly target: Target
  /** Of all training rows, as `outOfFold.rows` counts them. */
  readonly all: { readonly target: Target; readonly weights: Float64Array | undefined }
}

/** A candidate with what it said of the fresh rows. */
export interface FreshCandidate {
  readonly measured: Measured
  readonly prediction: Prediction
}

/** Steps of the threshold slider: one percentage point. */
const thresholdSteps = 100

/** What the sealed rows will be asked later, asked of out-of-fold predictions: curves, calibration, threshold, residuals and worst segments of each candidate. */
export async function judgeCandidates(fresh: FreshRows, candidates: readonly FreshCandidate[], tools: Tools): Promise<Json[]> {
  const settled = await Promise.all(candidates.map((one) => settle(fresh, one, tools)))
  const inputs = settled.map(({ prediction }) => ({ table: fresh.table, target: fresh.target, prediction }))
  const judged = await runTask({ compute: tools.compute, task: 'judgeRows', inputs }, { signal: tools.signal })
  return settled.map((one, i) => freshJson(fresh, one, judged[i]))
}

async function settle({ all }: FreshRows, { measured, prediction }: FreshCandidate, tools: Tools) {
  const { target, weights } = all
  const calibration = await chooseCalibration(measured, target, { tools, wanted: true, weighed: weights !== undefined })
  const call = await chooseCall({ target, weights, outOfFold: measured.outOfFold, calibration: calibration.map, settings: {} }, tools)
  return { calibration, call, prediction: applyCalibration(calibration.map, prediction) }
}

type Settled = Awaited<ReturnType<typeof settle>>

function freshJson({ rows, target, all }: FreshRows, { calibration, call, prediction }: Settled, judged: RowsJudgement | undefined): Json {
  if (judged === undefined) throw new Error('a judgement without an answer')
  const { map, measured, note } = calibration
  return snakeJson({
    rows: rows.length,
    weighed: takeWeights(all.weights, rows) !== undefined,
    ...judgedRows({ target, prediction, call, judged }, thresholdSteps),
    calibration: target.task === 'binary' ? { kind: map.kind, note, before: measured?.before ?? null, after: measured?.after ?? null } : null,
    threshold: call.threshold === null ? null : { value: call.threshold, reason: call.reason },
  })
}
