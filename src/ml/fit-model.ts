import type { Context } from './context.ts'
import { fitDummy } from './fit-dummy.ts'
import { fitGlassbox } from './fit-glassbox.ts'
import { fitLinear } from './fit-linear.ts'
import { fitTrees } from './fit-trees.ts'
import { checkFitRequest } from './check-request.ts'
import type { FitRequest } from './fit-request.ts'
import type { Model } from './model.ts'
import type { Refusal } from './refusal.ts'

/** Fits a model; with `context.parallel` its parts run on workers, with the same result to the last bit. */
export async function fitModel(request: FitRequest, context: Context = {}): Promise<Model | Refusal> {
  const refusal = checkFitRequest(request)
  if (refusal) return refusal
  if (request.trainer === 'dummy') return fitDummy(request)
  if (request.trainer === 'trees') return fitTrees(request, context)
  return request.trainer === 'linear' ? fitLinear(request, context) : fitGlassbox(request, context)
}
