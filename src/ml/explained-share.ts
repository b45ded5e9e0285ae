import { placeNumber } from './place-number.ts'
import type { Column } from './table.ts'

/** Bins of about equally many rows into which numbers are cut; few, so that a small share is told from chance. */
const NUMBER_BINS = 16

/** Levels that keep a bin of their own; those behind share one. */
const MOST_LEVELS = 63

/** The bin of each row, 0 for a missing value. */
export function binColumn(column: Column): Int32Array {
  if (column.kind === 'category') return column.codes.map((code) => (code < 0 ? 0 : 1 + Math.min(code, MOST_LEVELS)))
  return binNumbers(column.values)
}

/** The same of numbers, where all that is not finite counts as missing. */
export function binNumbers(values: Float64Array): Int32Array {
  const sorted = values.filter((value) => Number.isFinite(value)).sort()
  const borders = new Set<number>()
  for (let i = 1; i < NUMBER_BINS; i++) borders.add(sorted[Math.floor((i * sorted.length) / NUMBER_BINS)] ?? 0)
  const edges = Float64Array.from(borders)
  return Int32Array.from(values, (value) => (Number.isFinite(value) ? 1 + placeNumber(edges, value) : 0))
}

/** The share of the variance of `values` that the means of the bins explain, corrected for their number: 0 on average for noise. */
export function explainedShare(bins: Int32Array, values: Float64Array): number {
  const size = 1 + bins.reduce((most, bin) => Math.max(most, bin), 0)
  const sums = new Float64Array(size)
  const counts = new Float64Array(size)
  let total = 0
  for (let row = 0; row < values.length; row++) {
    const bin = bins[row] as number
    sums[bin] = (sums[bin] as number) + (values[row] as number)
    counts[bin] = (counts[bin] as number) + 1
    total += values[row] as number
  }
  const mean = total / values.length
  let spread = 0
  for (const value of values) spread += (value - mean) ** 2
  let between = 0
  let used = 0
  for (let bin = 0; bin < size; bin++) {
    const count = counts[bin] as number
    if (count === 0) continue
    used++
    between += count * ((sums[bin] as number) / count - mean) ** 2
  }
  if (spread === 0 || values.length <= used) return 0
  return 1 - (spread - between) / (values.length - used) / (spread / (values.length - 1))
}
