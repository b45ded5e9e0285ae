import type { Model } from '#ml/model'
import type { Row } from '#ml/score-row'
import { lookupTerm, type Value } from '#ml/term-lookup'

/** What one term adds to the score, by output. */
export interface RowContribution {
  /** Name of the term; a pair names both features. */
  readonly name: string
  /** The features that the term reads, and their values in this row. */
  readonly features: readonly string[]
  readonly values: readonly Value[]
  readonly parts: readonly number[]
}

/** Compiles a model into a function that takes one row's score apart; the parts add up to `sums` in this order. */
export function contributionsOf(model: Model): (row: Row) => { contributions: RowContribution[]; sums: number[] } {
  const lookups = model.terms.map(lookupTerm)
  return (row) => {
    const sums = [...model.intercepts]
    const contributions = lookups.map((lookup): RowContribution => {
      const features = lookup.reads.map(({ feature }) => feature)
      const values = features.map((feature) => row[feature] ?? null)
      const parts = sums.map(() => 0)
      lookup.addValues(values, parts)
      for (const [k, part] of parts.entries()) sums[k] = (sums[k] ?? 0) + part
      return { name: lookup.name, features, values, parts }
    })
    return { contributions, sums }
  }
}
