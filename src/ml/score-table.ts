import type { Model } from './model.ts'
import { matchColumns } from './predict.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { valueOfLogScore } from './score-scale.ts'
import type { Column, Table } from './table.ts'
import { lookupTerm } from './term-lookup.ts'

/** Mean of what one term adds to the score. */
export interface TermMeans {
  /** Name of the term; a pair names both features. */
  readonly name: string
  readonly features: readonly string[]
  /** By output. */
  readonly means: readonly number[]
}

/** The scores of a table, taken apart. */
export interface ScoredTable {
  /**
   * What each term adds to the score. The mean score of any rows is the start plus these, so a shift of it splits
   * exactly into the shifts of the terms.
   */
  readonly terms: readonly TermMeans[]
  /** What the model says of each row, as a column: log-odds of the positive class, the value, or the likeliest class. */
  readonly prediction: Column
}

/** Scores every row of a table as `predict` does, to the last bit, and keeps the mean of each term's part. */
export function scoreTable(model: Model, table: Table): ScoredTable | Refusal {
  const columns = new Map(table.columns.map((column) => [column.name, column]))
  const sums = model.intercepts.map((intercept) => new Float64Array(table.rows).fill(intercept))
  const terms: TermMeans[] = []
  for (const term of model.terms) {
    const lookup = lookupTerm(term)
    const read = matchColumns(lookup, columns)
    if (isRefusal(read)) return read
    const parts = sums.map(() => new Float64Array(table.rows))
    lookup.addRows(read, parts)
    const features = lookup.reads.map(({ feature }) => feature)
    terms.push({ name: lookup.name, features, means: parts.map((part, k) => addPart(sums[k] as Float64Array, part)) })
  }
  return { terms, prediction: predictionOf(model, sums) }
}

/** Adds a part to the sums and returns its mean. */
function addPart(sums: Float64Array, part: Float64Array): number {
  let total = 0
  for (let row = 0; row < part.length; row++) {
    const value = part[row] as number
    sums[row] = (sums[row] as number) + value
    total += value
  }
  return part.length === 0 ? 0 : total / part.length
}

function predictionOf(model: Model, sums: readonly Float64Array[]): Column {
  const name = 'prediction'
  const [first = new Float64Array(0)] = sums
  if (model.task === 'multiclass') return { name, kind: 'category', codes: likeliest(sums, first.length), levels: model.classes ?? [] }
  const { logScale } = model
  return { name, kind: 'numeric', values: logScale === undefined ? first : first.map((score) => valueOfLogScore(score, logScale)) }
}

function likeliest(sums: readonly Float64Array[], rows: number): Int32Array {
  const codes = new Int32Array(rows)
  for (const [k, mine] of sums.entries()) {
    for (let row = 0; row < rows; row++) {
      const best = (sums[codes[row] as number] as Float64Array)[row] as number
      if ((mine[row] as number) > best) codes[row] = k
    }
  }
  return codes
}

/** Mean score of rows whose mean contributions are known, by output. */
export function meanScores(model: Model, terms: readonly TermMeans[]): number[] {
  return model.intercepts.map((start, k) => terms.reduce((sum, { means }) => sum + (means[k] ?? 0), start))
}
