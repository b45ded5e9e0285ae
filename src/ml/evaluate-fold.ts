import type { Context, Progress } from './context.ts'
import { fitModel } from './fit-model.ts'
import type { FitRequest } from './fit-request.ts'
import type { Fold } from './folds.ts'
import { measure } from './measure.ts'
import type { Metrics } from './metrics.ts'
import { predict } from './predict.ts'
import type { Prediction } from './prediction.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { takeWeights } from './row-weights.ts'
import { takeRows, takeTarget } from './table.ts'

/** One fold to judge: table and target hold all rows, the fold says which to learn from. */
export interface EvaluateFoldInput {
  readonly request: FitRequest
  readonly fold: Fold
  /** Told with the progress: what is being fitted. */
  readonly title?: string
}

/** What a model that never saw the fold's test rows says about them. */
export interface FoldResult {
  /** Rows of the table that were predicted, in the order of the prediction. */
  readonly rows: Int32Array
  readonly trainRows: number
  readonly prediction: Prediction
  readonly metrics: Metrics
}

/** Fits on the rows of a fold's training side and judges on the others, all as weighted: the unit of parallel work. */
export async function evaluateFold(
  { request, fold, title }: EvaluateFoldInput,
  context: Context = {},
): Promise<FoldResult | Refusal> {
  const table = takeRows(request.table, fold.train)
  const target = takeTarget(request.target, fold.train)
  const weights = takeWeights(request.weights, fold.train)
  const model = await fitModel({ ...request, table, target, weights }, titled(context, title))
  if (isRefusal(model)) return model
  const prediction = predict(model, takeRows(request.table, fold.test))
  if (isRefusal(prediction)) return prediction
  const metrics = measure(takeTarget(request.target, fold.test), prediction, takeWeights(request.weights, fold.test))
  return { rows: fold.test, trainRows: fold.train.length, prediction, metrics }
}

/** Progress that only rises, though a fit has stages that each begin anew, with the title before what the stage says. */
function titled(context: Context, title: string | undefined): Context {
  const { progress } = context
  if (progress === undefined) return context
  let most = 0
  const tell: Progress = (fraction, text) => {
    most = Math.max(most, fraction)
    const told = [title, text].filter((part) => part !== undefined).join(', ')
    progress(most, told === '' ? undefined : told)
  }
  tell(0)
  return { ...context, progress: tell }
}
