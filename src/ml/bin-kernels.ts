// The only loops over rows. Four columns at a time, so that a row's value is read once for four of them.

/** sums[code of row] += value of row. */
export function sumByCode(codes: Uint8Array, values: Float64Array, sums: Float64Array): void {
  for (let i = 0; i < codes.length; i++) {
    const c = codes[i] as number
    sums[c] = (sums[c] as number) + (values[i] as number)
  }
}

/** The same for four columns. */
export function sumByFourCodes(
  codes: readonly Uint8Array[],
  values: Float64Array,
  sums: readonly Float64Array[],
): void {
  const [codesA, codesB, codesC, codesD] = codes as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  const [sumsA, sumsB, sumsC, sumsD] = sums as [Float64Array, Float64Array, Float64Array, Float64Array]
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    const a = codesA[i] as number
    const b = codesB[i] as number
    const c = codesC[i] as number
    const d = codesD[i] as number
    sumsA[a] = (sumsA[a] as number) + value
    sumsB[b] = (sumsB[b] as number) + value
    sumsC[c] = (sumsC[c] as number) + value
    sumsD[d] = (sumsD[d] as number) + value
  }
}

/** scores[row] += curve[code of row]. */
export function addByCode(codes: Uint8Array, curve: Float64Array, scores: Float64Array): void {
  for (let i = 0; i < codes.length; i++) scores[i] = (scores[i] as number) + (curve[codes[i] as number] as number)
}

/** The same for four columns. */
export function addByFourCodes(
  codes: readonly Uint8Array[],
  curves: readonly Float64Array[],
  scores: Float64Array,
): void {
  const [codesA, codesB, codesC, codesD] = codes as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  const [curveA, curveB, curveC, curveD] = curves as [Float64Array, Float64Array, Float64Array, Float64Array]
  for (let i = 0; i < scores.length; i++) {
    scores[i] =
      (scores[i] as number) +
      ((curveA[codesA[i] as number] as number) +
        (curveB[codesB[i] as number] as number) +
        (curveC[codesC[i] as number] as number) +
        (curveD[codesD[i] as number] as number))
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

/** The same for four columns. */
export function subtractByFourCodes(
  codes: readonly Uint8Array[],
  changes: readonly Float64Array[],
  { gradient, weights }: Derivatives,
): void {
  const [codesA, codesB, codesC, codesD] = codes as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  const [a, b, c, d] = changes as [Float64Array, Float64Array, Float64Array, Float64Array]
  for (let i = 0; i < gradient.length; i++) {
    gradient[i] =
      (gradient[i] as number) -
      (weights[i] as number) *
        ((a[codesA[i] as number] as number) +
          (b[codesB[i] as number] as number) +
          (c[codesC[i] as number] as number) +
          (d[codesD[i] as number] as number))
  }
}
