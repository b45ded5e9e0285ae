import type { Model } from '#ml/model'
import type { Row } from '#ml/score-row'
import { lookupTerm } from '#ml/term-lookup'

/** What one feature adds to the score, by output. */
export interface RowContribution {
  readonly feature: string
  readonly value: number | string | null
  readonly parts: readonly number[]
}

/** Compiles a model into a function that takes one row's score apart; the parts add up to `sums` in this order. */
export function contributionsOf(model: Model): (row: Row) => { contributions: RowContribution[]; sums: number[] } {
  const lookups = model.terms.map(lookupTerm)
  return (row) => {
    const sums = [...model.intercepts]
    const contributions = lookups.map((lookup): RowContribution => {
      const value = row[lookup.feature] ?? null
      const parts = sums.map(() => 0)
      lookup.addValue(value, parts)
      for (const [k, part] of parts.entries()) sums[k] = (sums[k] ?? 0) + part
      return { feature: lookup.feature, value, parts }
    })
    return { contributions, sums }
  }
}
