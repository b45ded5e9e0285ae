import { kolmogorovTail } from './kolmogorov.ts'
import { studentTDistribution } from './student-t.ts'

/** Two samples of numbers, ascending and without gaps. */
export interface SortedSamples {
  readonly reference: Float64Array
  readonly batch: Float64Array
}

/** Up to this many rows in the larger sample the distribution of the Kolmogorov-Smirnov statistic is the exact one of both sizes. */
const EXACT_ROWS = 10_000

/** Two-sided probability of the two-sample Kolmogorov-Smirnov test. */
export function kolmogorovSmirnov({ reference, batch }: SortedSamples): number {
  const [m, n] = [reference.length, batch.length]
  const distance = largestGap({ reference, batch })
  if (Math.max(m, n) > EXACT_ROWS) return kolmogorovTail(roundHalfEven((m * n) / (m + n)), distance)
  const common = commonDivisor(m, n)
  return outsideShare({ m, n, common, height: Math.round(distance * (m / common) * n) })
}

/** Largest distance of the two shares of rows that are at most some value. */
function largestGap({ reference, batch }: SortedSamples): number {
  let [i, j, above, below] = [0, 0, 0, 0]
  while (i < reference.length || j < batch.length) {
    const value = Math.min(reference[i] ?? Number.POSITIVE_INFINITY, batch[j] ?? Number.POSITIVE_INFINITY)
    while (i < reference.length && (reference[i] as number) <= value) i++
    while (j < batch.length && (batch[j] as number) <= value) j++
    const gap = i / reference.length - j / batch.length
    if (gap > above) above = gap
    if (gap < below) below = gap
  }
  return Math.max(above, -below)
}

function roundHalfEven(x: number): number {
  const low = Math.floor(x)
  return x - low === 0.5 ? low + (low % 2) : Math.round(x)
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

interface Paths {
  readonly m: number
  readonly n: number
  readonly common: number
  /** The statistic times the least common multiple of both sizes. */
  readonly height: number
}

/**
 * Of the orders in which the rows of both samples may come, the share whose path from (0, 0) to (m, n) somewhere is as far from the
 * diagonal as was seen (Hodges 1958): a path to (i, j) comes from its left with i chances of i + j, else from below.
 */
function outsideShare({ m, n, common, height }: Paths): number {
  if (height === 0) return 1
  const [mg, ng] = [m / common, n / common]
  let before = new Float64Array(n + 1)
  let now = new Float64Array(n + 1)
  let [firstBefore, lastBefore] = [0, -1]
  for (let i = 0; i <= m; i++) {
    // Inside the band: |i ng - j mg| < height; all else is outside for good.
    const first = Math.max(0, Math.floor((i * ng - height) / mg) + 1)
    const last = Math.min(n, Math.ceil((i * ng + height) / mg) - 1)
    for (let j = first; j <= last; j++) {
      const left = i === 0 ? 0 : j >= firstBefore && j <= lastBefore ? (before[j] as number) : 1
      const under = j === 0 ? 0 : j > first ? (now[j - 1] as number) : 1
      now[j] = i + j === 0 ? 0 : (i * left + j * under) / (i + j)
    }
    ;[before, now] = [now, before]
    ;[firstBefore, lastBefore] = [first, last]
  }
  return n >= firstBefore && n <= lastBefore ? Math.min(1, before[n] as number) : 1
}

/** Mean distance of the two samples along their quantiles (Wasserstein's of order 1). */
export function wassersteinDistance({ reference, batch }: SortedSamples): number {
  let [i, j, sum] = [0, 0, 0]
  let before = Number.NaN
  while (i < reference.length || j < batch.length) {
    const value = Math.min(reference[i] ?? Number.POSITIVE_INFINITY, batch[j] ?? Number.POSITIVE_INFINITY)
    if (i + j > 0) sum += Math.abs(i / reference.length - j / batch.length) * (value - before)
    while (i < reference.length && (reference[i] as number) <= value) i++
    while (j < batch.length && (batch[j] as number) <= value) j++
    before = value
  }
  return sum
}

/** Two-sided probability of Student's test of two means, equal variances taken. */
export function studentTest({ reference, batch }: SortedSamples): number {
  const [a, b] = [momentsOf(reference), momentsOf(batch)]
  const freedom = reference.length + batch.length - 2
  const pooled = (a.squares + b.squares) / freedom
  const t = (a.mean - b.mean) / Math.sqrt(pooled * (1 / reference.length + 1 / batch.length))
  return 2 * studentTDistribution(-Math.abs(t), freedom)
}

/** Mean, and sum of the squared distances from it. */
export function momentsOf(values: Float64Array): { readonly mean: number; readonly squares: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, squares: values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) }
}
