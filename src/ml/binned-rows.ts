import { addByCode, addByFourCodes, sumByCode, sumByFourCodes } from './bin-kernels.ts'

/** Where the bins of each feature lie in arrays over all bins. */
export interface BinLayout {
  readonly binCounts: readonly number[]
  readonly offsets: readonly number[]
  /** Bins of all features together. */
  readonly total: number
}

/** Lays out the bins of the features one after another. */
export function layOutBins(binCounts: readonly number[]): BinLayout {
  const offsets: number[] = []
  let total = 0
  for (const count of binCounts) {
    offsets.push(total)
    total += count
  }
  return { binCounts, offsets, total }
}

/** Rows as their bins: the form in which boosting reads them. */
export interface BinnedRows {
  readonly rows: number
  readonly layout: BinLayout
  /** Bin by row, for each feature. */
  readonly codes: readonly Uint8Array[]
  /** Class index or value by row. */
  readonly target: Float64Array
}

/** Arrays over all bins of one output (index = output x total bins + offset + bin), cut up by feature. */
export function viewsByFeature(values: Float64Array, output: number, layout: BinLayout): Float64Array[] {
  const base = output * layout.total
  return layout.offsets.map((offset, f) =>
    values.subarray(base + offset, base + offset + (layout.binCounts[f] as number)),
  )
}

/** Writes start + sum of curves for each row of one output. */
export function scoreBinnedRows(rows: BinnedRows, curves: readonly Float64Array[], scores: Float64Array): void {
  const { codes } = rows
  let f = 0
  for (; f + 3 < codes.length; f += 4) addByFourCodes(codes.slice(f, f + 4), curves.slice(f, f + 4), scores)
  for (; f < codes.length; f++) addByCode(codes[f] as Uint8Array, curves[f] as Float64Array, scores)
}

/** Adds the values of the rows into the bins of every feature. */
export function sumBinnedRows(rows: BinnedRows, values: Float64Array, sums: readonly Float64Array[]): void {
  const { codes } = rows
  let f = 0
  for (; f + 3 < codes.length; f += 4) sumByFourCodes(codes.slice(f, f + 4), values, sums.slice(f, f + 4))
  for (; f < codes.length; f++) sumByCode(codes[f] as Uint8Array, values, sums[f] as Float64Array)
}

/** Number of rows in every bin. */
export function countBinnedRows(rows: BinnedRows): Float64Array {
  const counts = new Float64Array(rows.layout.total)
  sumBinnedRows(rows, new Float64Array(rows.rows).fill(1), viewsByFeature(counts, 0, rows.layout))
  return counts
}
