/** How exact a formula has to be to give the label, and which of its values says little because most rows have it. */
export interface LabelScale {
  readonly tolerance: number
  /** The last digit that the label is written with, or twice the tolerance. */
  readonly unit: number
  readonly spread: number
  readonly mode: number
  /** Whether so many rows hold the most frequent value that a formula has to be right on the others as well. */
  readonly lopsided: boolean
}

/** Numbers written with more digits behind the point are not taken to be rounded. */
const mostDecimals = 6

/** Reads the scale of a label: rounding to its last digit is allowed where that is small against its spread. */
export function labelScale(label: Float64Array, places: Int32Array): LabelScale {
  const counts = new Map<number, number>()
  let [mean, squares, rows, largest] = [0, 0, 0, 0]
  for (const place of places) {
    const value = label[place] ?? 0
    rows++
    const off = value - mean
    mean += off / rows
    squares += off * (value - mean)
    largest = Math.max(largest, Math.abs(value))
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const spread = Math.sqrt(squares / Math.max(1, rows))
  const [mode, times] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [Number.NaN, 0])
  const noise = 1e-9 * Math.max(largest, Number.MIN_VALUE)
  const decimals = decimalsOf(label, places)
  const rounding = decimals === null ? 0 : 0.5001 * 10 ** -decimals
  const tolerance = rounding <= 0.02 * spread ? rounding + noise : noise
  return { tolerance, unit: decimals === null ? 2 * tolerance : 10 ** -decimals, spread, mode, lopsided: times > rows / 5 }
}

function decimalsOf(label: Float64Array, places: Int32Array): number | null {
  for (let decimals = 0; decimals <= mostDecimals; decimals++) {
    const unit = 10 ** decimals
    if (places.every((place) => Math.abs((label[place] ?? 0) * unit - Math.round((label[place] ?? 0) * unit)) <= 1e-6)) return decimals
  }
  return null
}
