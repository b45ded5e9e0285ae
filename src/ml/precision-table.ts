import { orderOfScores } from './area-under-curve.ts'

/** What calling the likeliest rows positive leads to. */
export interface PrecisionRow {
  /** Share of the rows that was asked for. */
  readonly share: number
  /** Rows that are called: those asked for and all of the same probability as the last of them. */
  readonly called: number
  /** Probability from which on a row is called. */
  readonly threshold: number
  readonly truePositives: number
  readonly precision: number
  /** Null where no row is positive. */
  readonly recall: number | null
}

const STEPS = 20

/** Precision and recall of calling the likeliest 5 %, 10 % and so on up to all rows. */
export function precisionTable(codes: Int32Array, probability: Float64Array): PrecisionRow[] {
  const rows = codes.length
  const order = orderOfScores(probability).reverse()
  const positives = order.reduce((sum, row) => sum + (codes[row] === 1 ? 1 : 0), 0)
  const found: PrecisionRow[] = []
  let called = 0
  let hits = 0
  for (let step = 1; step <= STEPS && rows > 0; step++) {
    const wanted = Math.ceil((step * rows) / STEPS)
    const likelihood = (at: number): number => probability[order[at] as number] as number
    while (called < wanted || (called < rows && likelihood(called) === likelihood(called - 1))) {
      hits += codes[order[called] as number] === 1 ? 1 : 0
      called++
    }
    found.push({
      share: step / STEPS,
      called,
      threshold: likelihood(called - 1),
      truePositives: hits,
      precision: hits / called,
      recall: positives === 0 ? null : hits / positives,
    })
  }
  return found
}
