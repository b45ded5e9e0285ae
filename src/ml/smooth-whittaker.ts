import { elementAt } from './element-at.ts'

/** Bins with fewer rows than this share of the average bin count as so many, so that empty bins follow their neighbours. */
const LEAST_WEIGHT = 1e-6

/**
 * Smooths a sequence: the z that minimises the sum of w (z - y)^2 plus strength x the sum of the squared second
 * differences of z, where w is the weight divided by the mean weight (Whittaker 1923 of second order; Eilers, A perfect
 * smoother, 2003). Neighbours count as equally far apart, whatever the width of their bins. A straight line stays as it
 * is but for rounding, and so does the weighted mean; the larger the strength (up to 1e6), the closer to a line. Time grows with the
 * length.
 */
export function smoothWhittaker(values: Float64Array, weights: Float64Array, strength: number): Float64Array {
  const size = values.length
  if (size < 3) return values.slice()
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / size
  const relative = weights.map((weight) => (mean > 0 ? Math.max(weight / mean, LEAST_WEIGHT) : 1))
  // Solved for the change, so that a small one is not lost in the rounding of the values.
  const bends = secondDifferences(values)
  const right = new Float64Array(size)
  for (let i = 0; i + 2 < size; i++) {
    const pull = strength * elementAt(bends, i)
    right[i] = elementAt(right, i) - pull
    right[i + 1] = elementAt(right, i + 1) + 2 * pull
    right[i + 2] = elementAt(right, i + 2) - pull
  }
  solvePentadiagonal(penalisedWeights(relative, strength), right)
  return values.map((value, i) => value + elementAt(right, i))
}

function secondDifferences(values: Float64Array): Float64Array {
  const bends = new Float64Array(values.length - 2)
  for (let i = 0; i < bends.length; i++) bends[i] = elementAt(values, i) - 2 * elementAt(values, i + 1) + elementAt(values, i + 2)
  return bends
}

/** A symmetrical matrix with two diagonals beside the main one. */
interface Pentadiagonal {
  readonly main: Float64Array
  /** Element i lies in row i, column i + 1. */
  readonly first: Float64Array
  /** Element i lies in row i, column i + 2. */
  readonly second: Float64Array
}

/** The weights on the diagonal plus strength x D'D, D being the second differences. */
function penalisedWeights(weights: Float64Array, strength: number): Pentadiagonal {
  const main = weights.slice()
  const first = new Float64Array(main.length)
  const second = new Float64Array(main.length)
  for (let i = 0; i + 2 < main.length; i++) {
    main[i] = elementAt(main, i) + strength
    main[i + 1] = elementAt(main, i + 1) + 4 * strength
    main[i + 2] = elementAt(main, i + 2) + strength
    first[i] = elementAt(first, i) - 2 * strength
    first[i + 1] = elementAt(first, i + 1) - 2 * strength
    second[i] = strength
  }
  return { main, first, second }
}

/** Solves matrix x result = right in place (L D L', no pivoting, which a positive definite matrix does not need). */
function solvePentadiagonal({ main, first, second }: Pentadiagonal, right: Float64Array): void {
  const size = right.length
  const pivots = new Float64Array(size)
  const one = new Float64Array(size)
  const two = new Float64Array(size)
  const at = (values: Float64Array, i: number): number => (i < 0 ? 0 : elementAt(values, i))
  for (let i = 0; i < size; i++) {
    const pivot = elementAt(main, i) - at(pivots, i - 1) * at(one, i - 1) ** 2 - at(pivots, i - 2) * at(two, i - 2) ** 2
    pivots[i] = pivot
    one[i] = (elementAt(first, i) - at(pivots, i - 1) * at(one, i - 1) * at(two, i - 1)) / pivot
    two[i] = elementAt(second, i) / pivot
    right[i] = elementAt(right, i) - at(one, i - 1) * at(right, i - 1) - at(two, i - 2) * at(right, i - 2)
  }
  for (let i = size - 1; i >= 0; i--) {
    const above = i + 1 < size ? elementAt(one, i) * elementAt(right, i + 1) : 0
    const beyond = i + 2 < size ? elementAt(two, i) * elementAt(right, i + 2) : 0
    right[i] = elementAt(right, i) / elementAt(pivots, i) - above - beyond
  }
}
