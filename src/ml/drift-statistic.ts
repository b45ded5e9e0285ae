import { log } from './logarithm.ts'

/** Rows by bin of the reference and of a batch, bins in the same order. */
export interface BinnedSamples {
  readonly reference: readonly number[]
  readonly batch: readonly number[]
}

/** x log x, and 0 at 0. */
export function timesLog(x: number): number {
  return x === 0 ? 0 : x * log(x)
}

/**
 * The likelihood-ratio statistic G of "both samples come from one distribution": twice the rows times the information
 * (in nats) that the bin of a row gives about its sample. Unlike Pearson's statistic it stays bounded where a bin holds
 * one row, and unlike PSI it is finite where a bin is empty.
 */
export function driftStatistic({ reference, batch }: BinnedSamples): number {
  let [rows, batchRows, sum] = [0, 0, 0]
  for (const [bin, n] of reference.entries()) {
    const m = batch[bin] ?? 0
    rows += n
    batchRows += m
    sum += timesLog(m) + timesLog(n) - timesLog(m + n)
  }
  return Math.max(0, 2 * (sum + splitConstant(rows, batchRows)))
}

/** The part of G / 2 that depends on the sizes of the samples alone. */
export function splitConstant(rows: number, batchRows: number): number {
  return timesLog(rows + batchRows) - timesLog(rows) - timesLog(batchRows)
}

/** The share of the batch's rows that would have to change their bin to be spread as the reference (total variation). */
export function movedShare({ reference, batch }: BinnedSamples): number {
  const rows = sumOf(reference)
  const batchRows = sumOf(batch)
  if (rows === 0 || batchRows === 0) return 0
  return reference.reduce((sum, n, bin) => sum + Math.abs(n / rows - (batch[bin] ?? 0) / batchRows), 0) / 2
}

export function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
