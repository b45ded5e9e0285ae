import type { Model } from './model.ts'
import type { RowPrediction } from './prediction.ts'
import { type Refusal, refuse } from './refusal.ts'
import { probabilityOfScore, softmaxInPlace, valueOfLogScore } from './score-scale.ts'
import { lookupTerm, type Value } from './term-lookup.ts'

/** One row by column name; null is a missing value, an absent name is a missing column. */
export type Row = Readonly<Record<string, Value>>

/** Compiles a model into a function of one row; its answers equal those of `predict` to the last bit. */
export function scoreRow(model: Model): (row: Row) => RowPrediction | Refusal {
  const lookups = model.terms.map(lookupTerm)
  return (row) => {
    const sums = [...model.intercepts]
    for (const lookup of lookups) {
      const values: Value[] = []
      for (const { feature } of lookup.reads) {
        const value = row[feature]
        if (value === undefined) return refuse('missing-column', `the row has no value named "${feature}"`)
        values.push(value)
      }
      lookup.addValues(values, sums)
    }
    return predictionOfSums(model, sums)
  }
}

function predictionOfSums(model: Model, sums: number[]): RowPrediction {
  const score = sums[0] as number
  if (model.task === 'binary') return { task: 'binary', score, probability: probabilityOfScore(score) }
  if (model.task === 'regression') {
    return { task: 'regression', value: model.logScale ? valueOfLogScore(score, model.logScale) : score }
  }
  softmaxInPlace(sums)
  return { task: 'multiclass', probabilities: sums }
}
