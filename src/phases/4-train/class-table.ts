import type { ConfusionMatrix } from '#ml/confusion'
import { wilsonInterval } from '#ml/reliability'

/** How well one class is found, on the test rows. */
export interface ClassRow {
  readonly class: string
  readonly rows: number
  readonly called: number
  /** Share of the calls that are right; null where the class was never called. */
  readonly precision: number | null
  /** Share of the class that was found, with Wilson's 95 % interval; null where no row is of the class. */
  readonly recall: { readonly value: number; readonly low: number; readonly high: number } | null
  readonly f1: number
}

/** One row a class, from the confusion matrix. */
export function classTable({ classes, counts }: ConfusionMatrix): ClassRow[] {
  return classes.map((name, k) => {
    const hits = counts[k]?.[k] ?? 0
    const rows = (counts[k] ?? []).reduce((sum, count) => sum + count, 0)
    const called = counts.reduce((sum, row) => sum + (row[k] ?? 0), 0)
    return {
      class: name,
      rows,
      called,
      precision: called === 0 ? null : hits / called,
      recall: rows === 0 ? null : { value: hits / rows, ...wilsonInterval(hits, rows) },
      f1: rows + called === 0 ? 0 : (2 * hits) / (rows + called),
    }
  })
}
