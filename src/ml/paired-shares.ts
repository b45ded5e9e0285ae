import { log } from './logarithm.ts'
import type { SortedSamples } from './two-sample-tests.ts'

/** Rows by value or bin of the reference and of a batch. */
export interface PairedCounts {
  readonly reference: readonly number[]
  readonly batch: readonly number[]
}

export type PairedShares = PairedCounts

/** Equal bins over both samples together, as many as Sturges' rule says: 1 + log2 of the rows. */
export function sturgesEdges(values: Float64Array): number[] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const width = (high - low) / (binaryLogarithm(values.length) + 1)
  const bins = width > 0 ? Math.ceil((high - low) / width) : 1
  const [first, last] = low === high ? [low - 0.5, high + 0.5] : [low, high]
  const step = (last - first) / bins
  return Array.from({ length: bins + 1 }, (_, i) => (i === bins ? last : i * step + first))
}

/** Exact for powers of two, where the number of bins changes. */
function binaryLogarithm(count: number): number {
  const exponent = Math.round(log(count) / Math.LN2)
  return 2 ** exponent === count ? exponent : log(count) / Math.LN2
}

/** Rows by bin; a bin holds its lower edge, the last one both. */
export function countBetween(values: Float64Array, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0)
  for (const value of values) {
    let [low, high] = [0, edges.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((edges[middle] as number) <= value) low = middle
      else high = middle - 1
    }
    const bin = Math.min(low, counts.length - 1)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts
}

/** Rows by distinct number of two ascending samples. */
export function countNumbers({ reference, batch }: SortedSamples): PairedCounts {
  const counts: { reference: number[]; batch: number[] } = { reference: [], batch: [] }
  let [i, j] = [0, 0]
  while (i < reference.length || j < batch.length) {
    const value = Math.min(reference[i] ?? Number.POSITIVE_INFINITY, batch[j] ?? Number.POSITIVE_INFINITY)
    const [fromI, fromJ] = [i, j]
    while (reference[i] === value) i++
    while (batch[j] === value) j++
    counts.reference.push(i - fromI)
    counts.batch.push(j - fromJ)
  }
  return counts
}

export function sharesOf({ reference, batch }: PairedCounts): PairedShares {
  return { reference: normed(reference), batch: normed(batch) }
}

function normed(counts: readonly number[]): number[] {
  const sum = counts.reduce((total, count) => total + count, 0)
  return counts.map((count) => count / sum)
}

/** Empty bins get a ten-thousandth, or the millionth part of the smallest share where that is no larger. */
export function withoutZeros({ reference, batch }: PairedShares): PairedShares {
  return { reference: filled(reference), batch: filled(batch) }
}

function filled(shares: readonly number[]): number[] {
  const least = Math.min(...shares.filter((share) => share !== 0))
  const filling = least <= 0.0001 ? least / 1e6 : 0.0001
  return shares.map((share) => (share === 0 ? filling : share))
}

export function stabilityIndex({ reference, batch }: PairedShares): number {
  return reference.reduce((sum, share, i) => sum + (share - (batch[i] ?? 0)) * log(share / (batch[i] ?? 0)), 0)
}

/** Kullback-Leibler divergence of the batch from the reference. */
export function divergence(shares: PairedShares): number {
  const { reference, batch } = sharesOf(shares)
  return reference.reduce((sum, share, i) => sum + relativeEntropy(share, batch[i] ?? 0), 0)
}

export function jensenShannonDistance({ reference, batch }: PairedShares): number {
  const sum = reference.reduce((total, share, i) => {
    const other = batch[i] ?? 0
    const middle = (share + other) / 2
    return total + relativeEntropy(share, middle) + relativeEntropy(other, middle)
  }, 0)
  return Math.sqrt(Math.max(0, sum / 2))
}

function relativeEntropy(share: number, other: number): number {
  return share === 0 ? 0 : share * log(share / other)
}

export function hellingerDistance({ reference, batch }: PairedShares): number {
  const overlap = reference.reduce((sum, share, i) => sum + Math.sqrt(share * (batch[i] ?? 0)), 0)
  return Math.sqrt(1 - Math.min(1, Math.max(0, overlap)))
}
