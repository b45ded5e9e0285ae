import { compileTerms } from './compile-terms.ts'
import type { CompiledModel } from './compiled-model.ts'
import { compileForest } from './forest-compile.ts'
import type { Model } from './model.ts'

/** Makes a model ready for scoring; predicting, explaining and measuring drift all start here. */
export function compileModel(model: Model): CompiledModel {
  // Trees are no look-ups, so a model of trees parts ways here and nowhere else.
  return model.forest === undefined ? compileTerms(model.terms) : compileForest(model.forest, model.intercepts)
}
