import { compileModel } from './compile-model.ts'
import { BLOCK_ROWS } from './compiled-model.ts'
import { elementAt } from './element-at.ts'
import { matchColumns } from './match-columns.ts'
import type { Model } from './model.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { valueOfLogScore } from './score-scale.ts'
import type { Column, Table } from './table.ts'

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
  const compiled = compileModel(model)
  const columns = matchColumns(compiled.reads, table)
  if (isRefusal(columns)) return columns
  const opened = compiled.open(columns)
  const sums = model.intercepts.map((intercept) => new Float64Array(table.rows).fill(intercept))
  const totals = compiled.parts.map(() => sums.map(() => 0))
  for (let start = 0; start < table.rows; start += BLOCK_ROWS) {
    const blocks = sums.map((sum) => sum.subarray(start, start + BLOCK_ROWS))
    const parts = totals.map(() => blocks.map((block) => new Float64Array(block.length)))
    opened.writeParts(start, parts)
    for (const [i, part] of parts.entries()) addPart(part, blocks, elementAt(totals, i))
  }
  const terms = compiled.parts.map(({ name, reads }, i): TermMeans => {
    const features = reads.map((read) => elementAt(compiled.reads, read).feature)
    return { name, features, means: elementAt(totals, i).map((total) => (table.rows === 0 ? 0 : total / table.rows)) }
  })
  return { terms, prediction: predictionOf(model, sums) }
}

/** Adds a part to the sums and to its totals, each by output. */
function addPart(part: readonly Float64Array[], sums: readonly Float64Array[], totals: number[]): void {
  for (const [k, values] of part.entries()) {
    const sum = elementAt(sums, k)
    let total = totals[k] as number
    for (let row = 0; row < values.length; row++) {
      const value = values[row] as number
      sum[row] = (sum[row] as number) + value
      total += value
    }
    totals[k] = total
  }
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
