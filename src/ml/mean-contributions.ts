import type { Model } from './model.ts'
import { matchColumn } from './predict.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { Table } from './table.ts'
import { lookupTerm } from './term-lookup.ts'

/**
 * Mean of what each term adds to the score, by term and output. The mean score of any rows is the start plus these, so
 * a shift of it splits exactly into the shifts of the terms.
 */
export function meanContributions(model: Model, table: Table): number[][] | Refusal {
  const columns = new Map(table.columns.map((column) => [column.name, column]))
  const means: number[][] = []
  for (const term of model.terms) {
    const lookup = lookupTerm(term)
    const column = matchColumn(lookup, columns.get(term.feature))
    if (isRefusal(column)) return column
    const sums = model.intercepts.map(() => new Float64Array(table.rows))
    lookup.addRows(column, sums)
    means.push(sums.map(meanOf))
  }
  return means
}

function meanOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return values.length === 0 ? 0 : sum / values.length
}
