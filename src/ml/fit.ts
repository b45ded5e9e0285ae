import type { Context } from './context.ts'
import { fitModel } from './fit-model.ts'
import type { FitRequest } from './fit-request.ts'
import type { Model } from './model.ts'
import type { Refusal } from './refusal.ts'

/** Fits a model to a table, the entry of the published package; with `context.parallel` on workers, with the same result. */
export async function fit(request: FitRequest, context: Context = {}): Promise<Model | Refusal> {
  return fitModel(request, context)
}
