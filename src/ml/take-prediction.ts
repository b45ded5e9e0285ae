import type { Prediction } from './prediction.ts'
import { takeNumbers } from './table.ts'

/** Copies what was said of the given rows, in the given order. */
export function takePrediction(prediction: Prediction, rows: Int32Array): Prediction {
  if (prediction.task === 'regression') return { task: 'regression', value: takeNumbers(prediction.value, rows) }
  if (prediction.task === 'multiclass') {
    return { task: 'multiclass', probabilities: prediction.probabilities.map((values) => takeNumbers(values, rows)) }
  }
  const { score, probability } = prediction
  return { task: 'binary', score: takeNumbers(score, rows), probability: takeNumbers(probability, rows) }
}
