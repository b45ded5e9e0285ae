import { compileModel } from './compile-model.ts'
import { BLOCK_ROWS } from './compiled-model.ts'
import { matchColumns } from './match-columns.ts'
import type { Model } from './model.ts'
import type { Prediction } from './prediction.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { probabilityOfScore, softmaxInPlace, valueOfLogScore } from './score-scale.ts'
import type { Table } from './table.ts'

/** Predicts every row of a table; columns are found by name, levels by their text. */
export function predict(model: Model, table: Table): Prediction | Refusal {
  return compilePredictor(model)(table)
}

/** Compiles a model once for many tables; for single rows there is `scoreRow`. */
export function compilePredictor(model: Model): (table: Table) => Prediction | Refusal {
  const score = compileScores(model)
  return (table) => {
    const sums = score(table)
    return isRefusal(sums) ? sums : predictionOfScores(model, sums)
  }
}

/** Sums of the contributions by output and row, on the scale of the link. */
export function scoreRows(model: Model, table: Table): Float64Array[] | Refusal {
  return compileScores(model)(table)
}

function compileScores(model: Model): (table: Table) => Float64Array[] | Refusal {
  const compiled = compileModel(model)
  return (table) => {
    const columns = matchColumns(compiled.reads, table)
    if (isRefusal(columns)) return columns
    const opened = compiled.open(columns)
    const sums = model.intercepts.map((intercept) => new Float64Array(table.rows).fill(intercept))
    for (let start = 0; start < table.rows; start += BLOCK_ROWS) {
      opened.addScores(start, sums.map((sum) => sum.subarray(start, start + BLOCK_ROWS)))
    }
    return sums
  }
}

function predictionOfScores(model: Model, sums: Float64Array[]): Prediction {
  const first = sums[0] ?? new Float64Array(0)
  if (model.task === 'binary') return { task: 'binary', score: first, probability: probabilitiesOf(first) }
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

function probabilitiesOf(scores: Float64Array): Float64Array {
  const probabilities = new Float64Array(scores.length)
  for (let i = 0; i < scores.length; i++) probabilities[i] = probabilityOfScore(scores[i] as number)
  return probabilities
}
