import { log } from './logarithm.ts'
import { clipProbability } from './metrics.ts'
import type { Prediction } from './prediction.ts'
import type { Target } from './table.ts'

/** How far a regression is off, row by row. */
export type RegressionLoss = 'squared' | 'absolute'

/** Loss of each row: minus the logarithm of the probability given to the true class, or the squared or absolute error. */
export function lossOfRows(target: Target, prediction: Prediction, loss: RegressionLoss = 'squared'): Float64Array {
  if (target.task === 'regression' && prediction.task === 'regression') {
    const { value } = prediction
    return target.values.map((truth, row) => {
      const error = (value[row] as number) - truth
      return loss === 'squared' ? error ** 2 : Math.abs(error)
    })
  }
  if (target.task === 'binary' && prediction.task === 'binary') {
    const { probability } = prediction
    return Float64Array.from(target.codes, (code, row) => {
      const positive = probability[row] as number
      return -log(clipProbability(code === 1 ? positive : 1 - positive))
    })
  }
  if (target.task === 'multiclass' && prediction.task === 'multiclass') {
    const { probabilities } = prediction
    return Float64Array.from(target.codes, (code, row) => -log(clipProbability(probabilities[code]?.[row] ?? 0)))
  }
  throw new Error(`a prediction for ${prediction.task} cannot be judged against a target for ${target.task}`)
}
