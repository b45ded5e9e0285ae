import { type Context, runParts } from './context.ts'
import { evaluateFold, type FoldResult } from './evaluate-fold.ts'
import type { FitRequest } from './fit-request.ts'
import type { Fold } from './folds.ts'
import { measure } from './measure.ts'
import type { Metrics } from './metrics.ts'
import type { Prediction } from './prediction.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { takeWeights } from './row-weights.ts'
import { takeTarget } from './table.ts'

/** Result of a cross-validation: each fold, and all out-of-fold predictions together. */
export interface CrossValidation {
  readonly folds: FoldResult[]
  /** Rows of the table in the order of `prediction`; with time-ordered folds not all rows. */
  readonly rows: Int32Array
  readonly prediction: Prediction
  /** Measures over the rows of all folds together. */
  readonly metrics: Metrics
}

/** Judges a trainer on every fold. */
export async function crossValidate(
  request: FitRequest,
  folds: readonly Fold[],
  context: Context = {},
): Promise<CrossValidation | Refusal> {
  const inputs = folds.map((fold) => ({ request, fold }))
  const answers = await runParts({ task: 'evaluateFold', run: evaluateFold }, inputs, context)
  const results: FoldResult[] = []
  for (const answer of answers) {
    if (isRefusal(answer)) return answer
    results.push(answer)
  }
  const rows = Int32Array.from(results.flatMap((result) => [...result.rows]))
  const prediction = joinPredictions(results.map((result) => result.prediction))
  const metrics = measure(takeTarget(request.target, rows), prediction, takeWeights(request.weights, rows))
  return { folds: results, rows, prediction, metrics }
}

/** Puts predictions of one task behind each other. */
export function joinPredictions(predictions: readonly Prediction[]): Prediction {
  const first = predictions[0]
  if (!first) throw new Error('there is no prediction to join')
  if (first.task === 'binary') {
    const parts = predictions.filter((part) => part.task === 'binary')
    const score = joinNumbers(parts.map((part) => part.score))
    return { task: 'binary', score, probability: joinNumbers(parts.map((part) => part.probability)) }
  }
  if (first.task === 'regression') {
    const parts = predictions.filter((part) => part.task === 'regression')
    return { task: 'regression', value: joinNumbers(parts.map((part) => part.value)) }
  }
  const parts = predictions.filter((part) => part.task === 'multiclass')
  const probabilities = first.probabilities.map((_, k) =>
    joinNumbers(parts.map((part) => part.probabilities[k] ?? new Float64Array(0))),
  )
  return { task: 'multiclass', probabilities }
}

function joinNumbers(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
