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
    const column = matchColumn(lookup, columns.get(lookup.feature))
    if (isRefusal(column)) return column
    lookup.addRows(column, sums)
  }
  return sums
}

/** Finds whether a column can be read by a term. */
export function matchColumn(lookup: TermLookup, column: Column | undefined): Column | Refusal {
  if (!column) {
    return refuse('missing-column', `the model needs the column "${lookup.feature}", which the table does not have`)
  }
  if (column.kind === lookup.columnKind) return column
  const kinds = `expected "${column.name}" to be ${lookup.columnKind}, received ${column.kind}`
  return refuse('column-kind-differs', `${kinds}: convert the column as for training`)
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
