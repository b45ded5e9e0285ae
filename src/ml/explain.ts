import { elementAt } from './element-at.ts'
import type { Model } from './model.ts'
import { matchColumn } from './predict.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { Column, Table } from './table.ts'
import { lookupTerm } from './term-lookup.ts'

/** Part of one feature in one score, by output. */
export interface Contribution {
  readonly feature: string
  readonly value: number | string | null
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
    const column = matchColumn(lookup, columns.get(term.feature))
    if (isRefusal(column)) return column
    const value = valueAt(column, row)
    const parts = scores.map(() => 0)
    lookup.addValue(value, parts)
    contributions.push({ feature: term.feature, value, contributions: parts })
    for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) + (parts[k] as number)
  }
  return { intercepts: [...model.intercepts], contributions, scores }
}

/** Value of one cell; null where it is missing. */
export function valueAt(column: Column, row: number): number | string | null {
  if (column.kind === 'numeric') {
    const value = elementAt(column.values, row)
    return Number.isFinite(value) ? value : null
  }
  const code = elementAt(column.codes, row)
  return code < 0 ? null : elementAt(column.levels, code)
}
