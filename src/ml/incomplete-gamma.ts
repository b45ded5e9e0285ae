import { exp } from './exponential.ts'
import { log } from './logarithm.ts'
import { logGamma } from './student-t.ts'

/** Regularised upper incomplete gamma function (Numerical Recipes, 6.2): by its series below the mean, by its continued fraction above. */
export function upperGamma(shape: number, x: number): number {
  if (x <= 0) return 1
  if (x === Number.POSITIVE_INFINITY) return 0
  const front = exp(shape * log(x) - x - logGamma(shape))
  return x < shape + 1 ? 1 - front * series(shape, x) : front * fraction(shape, x)
}

/** Probability that a chi-square variable is larger. */
export function chiSquareTail(statistic: number, freedom: number): number {
  return upperGamma(freedom / 2, statistic / 2)
}

/** Probability that a standard normal variable is further from 0. */
export function normalTails(z: number): number {
  return upperGamma(0.5, (z * z) / 2)
}

const MOST_TERMS = 100_000

function series(shape: number, x: number): number {
  let term = 1 / shape
  let sum = term
  for (let k = 1; k < MOST_TERMS; k++) {
    term *= x / (shape + k)
    sum += term
    if (term < sum * 1e-17) break
  }
  return sum
}

/** The modified Lentz method. */
function fraction(shape: number, x: number): number {
  const tiny = 1e-300
  const keep = (value: number): number => (Math.abs(value) < tiny ? tiny : value)
  let b = x + 1 - shape
  let c = 1 / tiny
  let d = 1 / keep(b)
  let result = d
  for (let k = 1; k < MOST_TERMS; k++) {
    const a = -k * (k - shape)
    b += 2
    d = 1 / keep(a * d + b)
    c = keep(b + a / c)
    result *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return result
}
