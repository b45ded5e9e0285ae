import { measureBinary } from './measure-binary.ts'
import { measureMulticlass } from './measure-multiclass.ts'
import { measureRegression } from './measure-regression.ts'
import type { Measurer, Metrics } from './metrics.ts'
import type { Prediction } from './prediction.ts'
import type { RowWeights } from './row-weights.ts'
import type { Target } from './table.ts'

/** Measures a prediction against the truth of the same rows, as weighted; where no row has weight nothing is defined. */
export function measure(target: Target, prediction: Prediction, weights?: RowWeights): Metrics {
  if (weights?.every((weight) => weight === 0)) return {}
  return prepareMeasurer(target, prediction)(weights)
}

/** Prepares the measures once, so that many weightings of the rows (a bootstrap) are cheap. */
export function prepareMeasurer(target: Target, prediction: Prediction): Measurer {
  if (target.task === 'regression' && prediction.task === 'regression') {
    return measureRegression(target.values, prediction)
  }
  if (target.task === 'binary' && prediction.task === 'binary') return measureBinary(target.codes, prediction)
  if (target.task === 'multiclass' && prediction.task === 'multiclass') {
    return measureMulticlass(target.codes, prediction)
  }
  throw new Error(`a prediction for ${prediction.task} cannot be measured against a target for ${target.task}`)
}
