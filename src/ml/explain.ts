import { elementAt } from './element-at.ts'
import type { Model } from './model.ts'
import { matchColumns } from './predict.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { Column, Table } from './table.ts'
import { lookupTerm, type Value } from './term-lookup.ts'

/** Part of one term in one score, by output. */
export interface Contribution {
  /** Name of the term; a pair names both features. */
  readonly name: string
  /** The features that the term reads, and their values in this row. */
  readonly features: readonly string[]
  readonly values: readonly Value[]
  readonly contributions: number[]
}

/** A score taken apart: intercepts plus contributions, added in this order, give the scores exactly. */
export interface Explanation {
  readonly intercepts: number[]
  readonly contributions: Contribution[]
  /** On the scale of the link (log-odds for a binary model), by output. */
  readonly scores: number[]
}

/** Says what each term adds to the score of one row of a table. */
export function explain(model: Model, table: Table, row: number): Explanation | Refusal {
  const columns = new Map(table.columns.map((column) => [column.name, column]))
  const scores = [...model.intercepts]
  const contributions: Contribution[] = []
  for (const term of model.terms) {
    const lookup = lookupTerm(term)
    const read = matchColumns(lookup, columns)
    if (isRefusal(read)) return read
    const values = read.map((column) => valueAt(column, row))
    const parts = scores.map(() => 0)
    lookup.addValues(values, parts)
    contributions.push({ name: lookup.name, features: lookup.reads.map(({ feature }) => feature), values, contributions: parts })
    for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) + (parts[k] as number)
  }
  return { intercepts: [...model.intercepts], contributions, scores }
}

/** Value of one cell; null where it is missing. */
export function valueAt(column: Column, row: number): Value {
  if (column.kind === 'numeric') {
    const value = elementAt(column.values, row)
    return Number.isFinite(value) ? value : null
  }
  const code = elementAt(column.codes, row)
  return code < 0 ? null : elementAt(column.levels, code)
}
