import type { ColumnProfile } from '#core/dataset'

/** What must be known of a column before its values go by. */
export interface NumberRange {
  readonly count: number
  readonly min: number
  readonly max: number
}

type NumericProfile = NonNullable<ColumnProfile['numeric']>

/** In thousandths, so that a rank is computed from whole numbers. */
const quantileSteps = [0, 50, 250, 500, 750, 950, 1_000]
const bins = 20
const mostTop = 10

/**
 * Sums up the different values of a column as they go by in ascending order, each with its count. Sums are made here,
 * in that order and compensated, because a database adds in the order in which its threads finish.
 */
export class NumberSummary {
  distinct = 0
  readonly top: { value: number; count: number }[] = []
  readonly #range: NumberRange
  readonly #histogram = Array<number>(bins).fill(0)
  readonly #quantiles: number[] = []
  #seen = 0
  #zeros = 0
  #sum = 0
  #lost = 0
  #mean = 0
  #squares = 0

  constructor(range: NumberRange) {
    this.#range = range
  }

  add(value: number, count: number): void {
    this.distinct += 1
    if (value === 0) this.#zeros += count
    this.#addMoments(value, count)
    this.#seen += count
    this.#takeQuantiles(value)
    const bin = this.#binOf(value)
    this.#histogram[bin] = (this.#histogram[bin] ?? 0) + count
    this.#takeTop(value, count)
  }

  result(): NumericProfile | null {
    const { count, min, max } = this.#range
    if (count === 0) return null
    const sd = count > 1 ? Math.sqrt(this.#squares / (count - 1)) : 0
    const mean = (this.#sum + this.#lost) / count
    return {
      min,
      max,
      mean: Number.isFinite(mean) ? mean : bounded(this.#mean),
      sd: bounded(sd),
      zeros: this.#zeros,
      quantiles: this.#quantiles,
      histogram: this.#histogram,
    }
  }

  /** The sum by Neumaier, the squares by Welford: https://en.wikipedia.org/wiki/Kahan_summation_algorithm */
  #addMoments(value: number, count: number): void {
    const add = value * count
    const sum = this.#sum + add
    this.#lost += Math.abs(this.#sum) >= Math.abs(add) ? this.#sum - sum + add : add - sum + this.#sum
    this.#sum = sum
    const distance = value - this.#mean
    this.#mean += distance * (count / (this.#seen + count))
    this.#squares += distance * (value - this.#mean) * count
  }

  /** The value at rank ceil(q n): always one that occurs. */
  #takeQuantiles(value: number): void {
    for (;;) {
      const step = quantileSteps[this.#quantiles.length]
      if (step === undefined) return
      const rank = Math.max(1, Math.ceil((step * this.#range.count) / 1_000))
      if (rank > this.#seen) return
      this.#quantiles.push(value)
    }
  }

  /** Halves, so that the width of the widest range is still finite. */
  #binOf(value: number): number {
    const { min, max } = this.#range
    const width = max / 2 - min / 2
    if (width === 0) return 0
    return Math.min(bins - 1, Math.floor(((value / 2 - min / 2) / width) * bins))
  }

  /** Values come in ascending order, so of equally frequent ones the smaller is there first and stays. */
  #takeTop(value: number, count: number): void {
    const place = this.top.findIndex((entry) => entry.count < count)
    if (place < 0 && this.top.length >= mostTop) return
    this.top.splice(place < 0 ? this.top.length : place, 0, { value, count })
    this.top.length = Math.min(this.top.length, mostTop)
  }
}

/** JSON has no infinity. */
function bounded(value: number): number {
  if (Number.isNaN(value)) return Number.MAX_VALUE
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))
}
