import { compileModel } from './compile-model.ts'
import type { Value } from './compiled-model.ts'
import type { Model } from './model.ts'
import type { RowPrediction } from './prediction.ts'
import { type Refusal, refuse } from './refusal.ts'
import { probabilityOfScore, softmaxInPlace, valueOfLogScore } from './score-scale.ts'

/** One row by column name; null is a missing value, an absent name is a missing column. */
export type Row = Readonly<Record<string, Value>>

/** Compiles a model into a function of one row; its answers equal those of `predict` to the last bit. */
export function scoreRow(model: Model): (row: Row) => RowPrediction | Refusal {
  const compiled = compileModel(model)
  const names = compiled.reads.map(({ feature }) => feature)
  const values: Value[] = names.map(() => null)
  return (row) => {
    for (let i = 0; i < names.length; i++) {
      const value = row[names[i] as string]
      if (value === undefined) return refuse('missing-column', `the row has no value named "${names[i]}"`)
      values[i] = value
    }
    const sums = model.intercepts.slice()
    compiled.addScores(values, sums)
    return predictionOfSums(model, sums)
  }
}

/** What a model says of one row whose scores are known, by output; `sums` may be overwritten. */
export function predictionOfSums(model: Model, sums: number[]): RowPrediction {
  const score = sums[0] as number
  if (model.task === 'binary') return { task: 'binary', score, probability: probabilityOfScore(score) }
  if (model.task === 'regression') {
    return { task: 'regression', value: model.logScale ? valueOfLogScore(score, model.logScale) : score }
  }
  softmaxInPlace(sums)
  return { task: 'multiclass', probabilities: sums }
}
