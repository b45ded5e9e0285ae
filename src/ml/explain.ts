import { compileModel } from './compile-model.ts'
import type { Value } from './compiled-model.ts'
import { elementAt } from './element-at.ts'
import { matchColumns } from './match-columns.ts'
import type { Model } from './model.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { Row } from './score-row.ts'
import type { Column, Table } from './table.ts'

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
  const { reads, takeApart } = compileExplanation(model)
  const columns = matchColumns(reads, table)
  return isRefusal(columns) ? columns : takeApart(columns.map((column) => valueAt(column, row)))
}

/** Compiles a model into a function that takes the score of one row apart; a value that the row lacks is missing. */
export function explainRow(model: Model): (row: Row) => Explanation {
  const { reads, takeApart } = compileExplanation(model)
  return (row) => takeApart(reads.map(({ feature }) => row[feature] ?? null))
}

function compileExplanation(model: Model) {
  const { reads, parts, partsOf } = compileModel(model)
  const named = parts.map(({ name, reads: of }) => ({ name, of, features: of.map((read) => elementAt(reads, read).feature) }))
  function takeApart(values: readonly Value[]): Explanation {
    const scores = [...model.intercepts]
    const byPart = partsOf(values, scores.length)
    const contributions = named.map(({ name, of, features }, i): Contribution => {
      const part = elementAt(byPart, i)
      for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) + (part[k] as number)
      return { name, features, values: of.map((read) => values[read] ?? null), contributions: part }
    })
    return { intercepts: [...model.intercepts], contributions, scores }
  }
  return { reads, takeApart }
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
