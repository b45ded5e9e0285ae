import { checkFitRequest } from './check-request.ts'
import type { Context } from './context.ts'
import { fitDummy } from './fit-dummy.ts'
import { fitGlassbox } from './fit-glassbox.ts'
import { fitLinear } from './fit-linear.ts'
import type { FitRequest } from './fit-request.ts'
import { fitTrees } from './fit-trees.ts'
import type { Fitted } from './fitted.ts'
import type { Model } from './model.ts'
import { isRefusal, type Refusal } from './refusal.ts'

/**
 * Fits a model and keeps what its bags say of rows they did not learn from; with `context.parallel` its parts run on
 * workers, with the same result to the last bit.
 */
export async function fitWithScores(request: FitRequest, context: Context = {}): Promise<Fitted | Refusal> {
  const refusal = checkFitRequest(request)
  if (refusal) return refusal
  if (request.trainer === 'dummy') return { model: fitDummy(request) }
  if (request.trainer === 'linear') return { model: await fitLinear(request, context) }
  if (request.trainer === 'trees') return { model: await fitTrees(request, context) }
  return fitGlassbox(request, context)
}

/** Fits a model. */
export async function fitModel(request: FitRequest, context: Context = {}): Promise<Model | Refusal> {
  const fitted = await fitWithScores(request, context)
  return isRefusal(fitted) ? fitted : fitted.model
}
