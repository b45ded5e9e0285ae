import { addByCode, addByFourCodes, sumByCode, sumByFourCodes } from './bin-kernels.ts'

/** Where the cells of each term lie in arrays over all cells. */
export interface BinLayout {
  readonly binCounts: readonly number[]
  readonly offsets: readonly number[]
  /** Cells of all terms together. */
  readonly total: number
}

/** Lays out the cells of the terms one after another. */
export function layOutBins(binCounts: readonly number[]): BinLayout {
  const offsets: number[] = []
  let total = 0
  for (const count of binCounts) {
    offsets.push(total)
    total += count
  }
  return { binCounts, offsets, total }
}

/** Rows as their cells: the form in which boosting reads them. */
export interface BinnedRows {
  readonly rows: number
  readonly layout: BinLayout
  /** Cell by row, for each term. */
  readonly codes: readonly Uint8Array[]
  /** Class index or value by row. */
  readonly target: Float64Array
  /** Weight by row; absent where each counts once. */
  readonly rowWeights?: Float64Array | undefined
  /** Scores to which those of the terms are added, by output and row; absent where they start at a constant. */
  readonly base?: Float64Array | undefined
}

/** Arrays over all cells of one output (index = output x total cells + offset + cell), cut up by term. */
export function viewsByTerm(values: Float64Array, output: number, layout: BinLayout): Float64Array[] {
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

/** Adds the values of the rows into the cells of every term. */
export function sumBinnedRows(rows: BinnedRows, values: Float64Array, sums: readonly Float64Array[]): void {
  const { codes } = rows
  let f = 0
  for (; f + 3 < codes.length; f += 4) sumByFourCodes(codes.slice(f, f + 4), values, sums.slice(f, f + 4))
  for (; f < codes.length; f++) sumByCode(codes[f] as Uint8Array, values, sums[f] as Float64Array)
}

/** Number of rows in every cell. */
export function countBinnedRows(rows: BinnedRows): Float64Array {
  const counts = new Float64Array(rows.layout.total)
  sumBinnedRows(rows, new Float64Array(rows.rows).fill(1), viewsByTerm(counts, 0, rows.layout))
  return counts
}
