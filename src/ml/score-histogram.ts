/** Rows of one class by their probability of the positive class. */
export interface ScoreBin {
  /** from <= probability < to; the last range holds 1 too. */
  readonly from: number
  readonly to: number
  readonly negatives: number
  readonly positives: number
}

/** Counts both classes over equal ranges of the probability. */
export function scoreHistogram(codes: Int32Array, probability: Float64Array, bins = 20): ScoreBin[] {
  const negatives = new Float64Array(bins)
  const positives = new Float64Array(bins)
  for (let row = 0; row < codes.length; row++) {
    const bin = Math.min(bins - 1, Math.floor((probability[row] as number) * bins))
    const counts = codes[row] === 1 ? positives : negatives
    counts[bin] = (counts[bin] as number) + 1
  }
  return Array.from({ length: bins }, (_, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    negatives: negatives[bin] as number,
    positives: positives[bin] as number,
  }))
}
