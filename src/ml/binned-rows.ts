import { addByCode, addByFourCodes, type FourTerms, type Starts, sumByCode, sumByFourCodes } from './bin-kernels.ts'
import { takeBytesInto } from './take-bytes.ts'

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
  /** Cell by row, term after term. */
  readonly codes: Uint8Array
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

/** Cells of the given rows, in their order, term after term; places put the bins of a term in another order. */
export function packCodes(codes: readonly Uint8Array[], rows: Int32Array, places: readonly (Uint8Array | undefined)[] = []): Uint8Array {
  const packed = new Uint8Array(codes.length * rows.length)
  for (const [t, own] of codes.entries()) takeBytesInto(packed.subarray(t * rows.length, (t + 1) * rows.length), { bytes: own, rows, places: places[t] })
  return packed
}

/** Cells of the rows for one term. */
export function codesOfTerm({ rows, codes }: BinnedRows, term: number): Uint8Array {
  return codes.subarray(term * rows, (term + 1) * rows)
}

/** Where the codes and the cells of four terms begin; cells from `base` on. */
export function fourTerms({ rows, codes, layout: { offsets } }: BinnedRows, [a, b, c, d]: Starts, base = 0): FourTerms {
  const cell = (term: number): number => base + (offsets[term] as number)
  return { codes, rowStarts: [a * rows, b * rows, c * rows, d * rows], cellStarts: [cell(a), cell(b), cell(c), cell(d)] }
}

/** Adds the curves of one output to the score of each row; curves lie by output and cell. */
export function scoreBinnedRows(rows: BinnedRows, { curves, output }: { curves: Float64Array; output: number }, scores: Float64Array): void {
  const { binCounts, offsets, total } = rows.layout
  const base = output * total
  let t = 0
  for (; t + 3 < binCounts.length; t += 4) addByFourCodes(fourTerms(rows, [t, t + 1, t + 2, t + 3], base), curves, scores)
  for (; t < binCounts.length; t++) addByCode(codesOfTerm(rows, t), curves.subarray(base + (offsets[t] as number)), scores)
}

/** Adds the values of the rows into the cells of every term of an output; sums lie by output and cell. */
export function sumBinnedRows(rows: BinnedRows, values: Float64Array, { sums, output }: { sums: Float64Array; output: number }): void {
  const { binCounts, offsets, total } = rows.layout
  const base = output * total
  let t = 0
  for (; t + 3 < binCounts.length; t += 4) sumByFourCodes(fourTerms(rows, [t, t + 1, t + 2, t + 3], base), values, sums)
  for (; t < binCounts.length; t++) sumByCode(codesOfTerm(rows, t), values, sums.subarray(base + (offsets[t] as number)))
}

/** Number of rows in every cell. */
export function countBinnedRows(rows: BinnedRows): Float64Array {
  const sums = new Float64Array(rows.layout.total)
  sumBinnedRows(rows, new Float64Array(rows.rows).fill(1), { sums, output: 0 })
  return sums
}
