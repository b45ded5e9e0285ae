// The only loops over rows. Four terms at a time, so that a row's value is read once for four of them.

/** sums[code of row] += value of row. */
export function sumByCode(codes: Uint8Array, values: Float64Array, sums: Float64Array): void {
  for (let i = 0; i < codes.length; i++) {
    const c = codes[i] as number
    sums[c] = (sums[c] as number) + (values[i] as number)
  }
}

/** counts[code of row] += 1. */
export function countByCode(codes: Uint8Array, counts: Float64Array): void {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    counts[code] = (counts[code] as number) + 1
  }
}

/**
 * Four terms whose codes lie in one array, and whose cells lie in another: with few arrays in a loop all their addresses
 * stay in registers, which makes it half as long as with four arrays of codes and four of sums.
 */
export interface FourTerms {
  /** Cell by row, term after term. */
  readonly codes: Uint8Array
  /** Where the codes of each term begin. */
  readonly rowStarts: Starts
  /** Where the cells of each term begin. */
  readonly cellStarts: Starts
}

export type Starts = readonly [number, number, number, number]

/** sums[cell of row] += value of row, for four terms. */
export function sumByFourCodes({ codes, rowStarts, cellStarts }: FourTerms, values: Float64Array, sums: Float64Array): void {
  const [rowA, rowB, rowC, rowD] = rowStarts
  const [cellA, cellB, cellC, cellD] = cellStarts
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    const a = cellA + (codes[rowA + i] as number)
    sums[a] = (sums[a] as number) + value
    const b = cellB + (codes[rowB + i] as number)
    sums[b] = (sums[b] as number) + value
    const c = cellC + (codes[rowC + i] as number)
    sums[c] = (sums[c] as number) + value
    const d = cellD + (codes[rowD + i] as number)
    sums[d] = (sums[d] as number) + value
  }
}

/** scores[row] += curve[code of row]. */
export function addByCode(codes: Uint8Array, curve: Float64Array, scores: Float64Array): void {
  for (let i = 0; i < codes.length; i++) scores[i] = (scores[i] as number) + (curve[codes[i] as number] as number)
}

/** scores[row] += curve[cell of row], for four terms. */
export function addByFourCodes({ codes, rowStarts, cellStarts }: FourTerms, curves: Float64Array, scores: Float64Array): void {
  const [rowA, rowB, rowC, rowD] = rowStarts
  const [cellA, cellB, cellC, cellD] = cellStarts
  for (let i = 0; i < scores.length; i++) {
    scores[i] =
      (scores[i] as number) +
      ((curves[cellA + (codes[rowA + i] as number)] as number) +
        (curves[cellB + (codes[rowB + i] as number)] as number) +
        (curves[cellC + (codes[rowC + i] as number)] as number) +
        (curves[cellD + (codes[rowD + i] as number)] as number))
  }
}

/** Two columns of codes whose pairs of bins are summed; a pair lies at codeA x width + codeB. */
export interface CodePair {
  readonly codesA: Uint8Array
  readonly codesB: Uint8Array
  readonly width: number
}

/** sums[pair of row] += weight of row. */
export function sumByPair({ codesA, codesB, width }: CodePair, weights: Float64Array, sums: Float64Array): void {
  for (let i = 0; i < codesA.length; i++) {
    const cell = (codesA[i] as number) * width + (codesB[i] as number)
    sums[cell] = (sums[cell] as number) + (weights[i] as number)
  }
}

/** sums[pair of row] += 1. */
export function countByPair({ codesA, codesB, width }: CodePair, sums: Float64Array): void {
  for (let i = 0; i < codesA.length; i++) {
    const cell = (codesA[i] as number) * width + (codesB[i] as number)
    sums[cell] = (sums[cell] as number) + 1
  }
}

/** sums[2 x pair of row] += first value of row, sums[2 x pair of row + 1] += second value of row. */
export function sumByTwoValues(
  { codesA, codesB, width }: CodePair,
  [first, second]: readonly [Float64Array, Float64Array],
  sums: Float64Array,
): void {
  for (let i = 0; i < first.length; i++) {
    const at = 2 * ((codesA[i] as number) * width + (codesB[i] as number))
    sums[at] = (sums[at] as number) + (first[i] as number)
    sums[at + 1] = (sums[at + 1] as number) + (second[i] as number)
  }
}

/** Derivatives of the loss by row. */
export interface Derivatives {
  readonly gradient: Float64Array
  readonly weights: Float64Array
}

/** gradient[row] -= weight[row] x change[code of row]. */
export function subtractByCode(codes: Uint8Array, change: Float64Array, { gradient, weights }: Derivatives): void {
  for (let i = 0; i < codes.length; i++) {
    gradient[i] = (gradient[i] as number) - (weights[i] as number) * (change[codes[i] as number] as number)
  }
}

/** gradient[row] -= weight[row] x change[cell of row], for four terms. */
export function subtractByFourCodes(terms: FourTerms, changes: Float64Array, { gradient, weights }: Derivatives): void {
  const { codes, rowStarts, cellStarts } = terms
  const [rowA, rowB, rowC, rowD] = rowStarts
  const [cellA, cellB, cellC, cellD] = cellStarts
  for (let i = 0; i < gradient.length; i++) {
    gradient[i] =
      (gradient[i] as number) -
      (weights[i] as number) *
        ((changes[cellA + (codes[rowA + i] as number)] as number) +
          (changes[cellB + (codes[rowB + i] as number)] as number) +
          (changes[cellC + (codes[rowC + i] as number)] as number) +
          (changes[cellD + (codes[rowD + i] as number)] as number))
  }
}
