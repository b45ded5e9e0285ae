import { accept, type Result, refuse } from '#core/errors'
import type { BootstrapResult } from '#ml/bootstrap'
import { joinPredictions } from '#ml/cross-validate'
import type { FoldResult } from '#ml/evaluate-fold'
import type { FitRequest } from '#ml/fit-request'
import type { Metrics } from '#ml/metrics'
import type { Model } from '#ml/model'
import type { Prediction } from '#ml/prediction'
import { isRefusal, type Refusal } from '#ml/refusal'
import { judgePrediction } from '#ml/reliability'
import { takeWeights } from '#ml/row-weights'
import { takeRows, takeTarget } from '#ml/table'
import type { Tools } from '#phases/phase'
import { judgeCandidates } from './judge-candidate.ts'
import type { Bench, CandidatePlan, Measured } from './measured-candidate.ts'
import { mlSettings } from './ml-settings.ts'
import { runTask } from './run-task.ts'
import { trainerFacts } from './trainers.ts'

/** Measures candidates: every fold of every plan, and every plan on all training rows, is one part for the workers. */
export async function measureCandidates(
  bench: Bench,
  plans: readonly CandidatePlan[],
  tools: Tools,
): Promise<Result<Measured[]>> {
  const { compute, signal, progress } = tools
  const inputs = plans.flatMap((plan) =>
    bench.folds.map((fold, i) => ({
      request: { ...fitRequest(bench, plan, 'fold'), table: bench.foldTables?.[i] ?? bench.rows.table },
      fold,
      title: `${trainerFacts(plan.trainer).title}, fold ${i + 1} of ${bench.folds.length}`,
    })),
  )
  const requests = plans.map((plan) => fitRequest(bench, plan, 'model'))
  // Both at once, so that no worker waits for the last fold; the fits are the longer parts and go first.
  const [models, folds] = await Promise.all([
    runTask({ compute, task: 'fitModel', inputs: requests }, { signal, options: plans.map(({ trainer }) => trainer) }),
    runTask({ compute, task: 'evaluateFold', inputs }, { signal, progress, options: plans.flatMap(({ trainer }) => bench.folds.map(() => trainer)) }),
  ])
  const refused = folds.find(isRefusal)
  if (refused !== undefined) return refuseMl(refused)
  const fitted: Fitted[] = []
  for (const [i, plan] of plans.entries()) {
    const model = models[i]
    if (model === undefined) throw new Error('a fit without an answer')
    if (isRefusal(model)) return refuseMl(model)
    const own = folds.slice(i * bench.folds.length, (i + 1) * bench.folds.length)
    fitted.push({ plan, model, folds: own.flatMap((fold) => (isRefusal(fold) ? [] : [fold])) })
  }
  return accept(await judgeFitted(bench, fitted, tools))
}

function fitRequest(bench: Bench, plan: CandidatePlan, place: 'fold' | 'model'): FitRequest {
  const { table, target, weights } = bench.rows
  const settings = mlSettings(plan.settings, bench.budget, place)
  return { trainer: plan.trainer, table, target, weights, settings, monotone: plan.monotone, seed: bench.seed }
}

interface Fitted {
  readonly plan: CandidatePlan
  readonly model: Model
  readonly folds: readonly FoldResult[]
}

/** Adds what each model says of the rows that it learnt from. */
async function judgeFitted(bench: Bench, fitted: readonly Fitted[], tools: Tools): Promise<Measured[]> {
  const { compute, signal, seed } = tools
  const rows = joinRows(bench.folds.map((fold) => fold.test))
  const table = takeRows(bench.rows.table, rows)
  const target = takeTarget(bench.rows.target, rows)
  const weights = takeWeights(bench.rows.weights, rows)
  const said = await runTask(
    { compute, task: 'predictTable', inputs: fitted.map(({ model }) => ({ model, table })) },
    { signal },
  )
  // One resample, since only the measures themselves are wanted; on a worker, because ranking many rows takes time.
  const judged = await runTask(
    {
      compute,
      task: 'bootstrapMetrics',
      inputs: said.map((one) => ({ target, prediction: predictionOf(one), weights, seed, resamples: 1 })),
    },
    { signal },
  )
  const candidates = fitted.map(({ plan, model, folds }, i) => {
    const prediction = joinPredictions(folds.map((fold) => fold.prediction))
    const measured: Measured = {
      plan,
      folds: folds.map(({ trainRows, rows: tested, metrics }) => ({ trainRows, testRows: tested.length, metrics })),
      outOfFold: prediction.task === 'binary' ? { rows, scores: prediction.score } : null,
      calibrationError: target.task === 'regression' ? null : judgePrediction(target, prediction).expectedError,
      model,
      trained: valuesOf(judged[i]),
    }
    return { measured, prediction }
  })
  const shown = await judgeCandidates({ rows, table, target, all: bench.rows }, candidates, tools)
  return candidates.map(({ measured }, i) => ({ ...measured, fresh: shown[i] ?? null }))
}

function valuesOf(judged: BootstrapResult | undefined): Metrics {
  return Object.fromEntries(Object.entries(judged?.metrics ?? {}).map(([name, { value }]) => [name, value]))
}

/** A model always reads the table that it was fitted on. */
function predictionOf(said: Prediction | Refusal): Prediction {
  if (isRefusal(said)) throw new Error(`a model cannot read its own table: ${said.message}`)
  return said
}

function joinRows(parts: readonly Int32Array[]): Int32Array {
  const joined = new Int32Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

function refuseMl(refusal: Refusal): Result<never> {
  return refuse('DECISION_INVALID', `The trainer refused: ${refusal.message}.`, { detail: { code: refusal.code } })
}
