import { LEVEL_SMOOTHING } from './target-axis.ts'

/** Rows of a bag, as a category column sees them. */
export interface OrderedRows {
  /** Bin by row of the table. */
  readonly codes: Uint8Array
  readonly bins: number
  /** Rows of the bag. */
  readonly rows: Int32Array
  /** Number by row of the table on which levels are ordered. */
  readonly axis: Float64Array
  readonly rowWeights: Float64Array | null
}

/**
 * Place of each bin when a bag orders the bins of a category by its own rows: by the smoothed mean of the axis, bin 0
 * (missing) first. An order that had seen the rows which the bag holds out would flatter them, and boosting would
 * stop too late; and the orders of many bags average out what chance put in each.
 */
export function orderLevelsOfBag({ codes, bins, rows, axis, rowWeights }: OrderedRows): Uint8Array {
  const sums = new Float64Array(bins)
  const weights = new Float64Array(bins)
  let total = 0
  let all = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    const bin = codes[row] as number
    const weight = rowWeights ? (rowWeights[row] as number) : 1
    sums[bin] = (sums[bin] as number) + weight * (axis[row] as number)
    weights[bin] = (weights[bin] as number) + weight
    total += weight * (axis[row] as number)
    all += weight
  }
  const mean = all === 0 ? 0 : total / all
  for (let bin = 0; bin < bins; bin++) {
    sums[bin] = ((sums[bin] as number) + LEVEL_SMOOTHING * mean) / ((weights[bin] as number) + LEVEL_SMOOTHING)
  }
  const order = Array.from({ length: bins - 1 }, (_, i) => i + 1)
  order.sort((a, b) => (sums[a] as number) - (sums[b] as number) || a - b)
  const placeOfBin = new Uint8Array(bins)
  for (const [place, bin] of order.entries()) placeOfBin[bin] = place + 1
  return placeOfBin
}
