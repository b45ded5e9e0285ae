import type { Model } from './model.ts'
import type { Prediction } from './prediction.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import { probabilityOfScore, softmaxInPlace, valueOfLogScore } from './score-scale.ts'
import type { Column, Table } from './table.ts'
import { lookupTerm, type TermLookup } from './term-lookup.ts'

/** Predicts every row of a table; columns are found by name, levels by their text. */
export function predict(model: Model, table: Table): Prediction | Refusal {
  const sums = scoreRows(model, table)
  return isRefusal(sums) ? sums : predictionOfScores(model, sums)
}

/** Sums of the contributions by output and row, on the scale of the link. */
export function scoreRows(model: Model, table: Table): Float64Array[] | Refusal {
  const columns = new Map(table.columns.map((column) => [column.name, column]))
  const sums = model.intercepts.map((intercept) => new Float64Array(table.rows).fill(intercept))
  for (const term of model.terms) {
    const lookup = lookupTerm(term)
    const read = matchColumns(lookup, columns)
    if (isRefusal(read)) return read
    lookup.addRows(read, sums)
  }
  return sums
}

/** The columns that a term reads, in its order. */
export function matchColumns({ reads }: TermLookup, columns: ReadonlyMap<string, Column>): Column[] | Refusal {
  const found: Column[] = []
  for (const { feature, kind } of reads) {
    const column = columns.get(feature)
    if (!column) return refuse('missing-column', `the model needs the column "${feature}", which the table does not have`)
    if (column.kind !== kind) {
      return refuse('column-kind-differs', `expected "${feature}" to be ${kind}, received ${column.kind}: convert the column as for training`)
    }
    found.push(column)
  }
  return found
}

function predictionOfScores(model: Model, sums: Float64Array[]): Prediction {
  const first = sums[0] ?? new Float64Array(0)
  if (model.task === 'binary') return { task: 'binary', score: first, probability: first.map(probabilityOfScore) }
  if (model.task === 'regression') {
    const scale = model.logScale
    return { task: 'regression', value: scale ? first.map((score) => valueOfLogScore(score, scale)) : first }
  }
  const row: number[] = sums.map(() => 0)
  for (let i = 0; i < first.length; i++) {
    for (let k = 0; k < sums.length; k++) row[k] = (sums[k] as Float64Array)[i] as number
    softmaxInPlace(row)
    for (let k = 0; k < sums.length; k++) (sums[k] as Float64Array)[i] = row[k] as number
  }
  return { task: 'multiclass', probabilities: sums }
}
