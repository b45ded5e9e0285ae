import { exp } from './exponential.ts'
import { log, log1p } from './logarithm.ts'

/** Quantile of Student's t distribution, by bisection of its distribution function (error below 1e-12 relative). */
export function studentTQuantile(probability: number, freedom: number): number {
  if (probability === 0.5) return 0
  if (probability < 0.5) return -studentTQuantile(1 - probability, freedom)
  let high = 1
  while (studentTDistribution(high, freedom) < probability && high < 1e300) high *= 2
  let low = high === 1 ? 0 : high / 2
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (studentTDistribution(middle, freedom) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Probability that Student's t is at most `t`. */
export function studentTDistribution(t: number, freedom: number): number {
  const tail = incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2
  return t >= 0 ? 1 - tail : tail
}

/** Quantile of the standard normal distribution that leaves 2.5 % above it. */
export const NORMAL_97_5 = 1.959963984540054

/** Regularised incomplete beta function by its continued fraction (Numerical Recipes, 6.4). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x))
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a
  return 1 - (front * betaFraction(1 - x, b, a)) / b
}

/** Continued fraction of the incomplete beta function by the modified Lentz method. */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const keep = (value: number): number => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / keep(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / keep(1 + even * d)
    c = keep(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / keep(1 + odd * d)
    c = keep(1 + odd / c)
    const change = d * c
    result *= change
    if (Math.abs(change - 1) < 1e-16) break
  }
  return result
}

/** Coefficients of Lanczos' approximation with g = 7 and nine terms (relative error about 1e-15). */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** Logarithm of the gamma function. */
export function logGamma(x: number): number {
  if (x < 0.5) return log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x)
  let sum = LANCZOS[0] as number
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (x - 1 + i)
  const t = x + 6.5
  return 0.5 * log(2 * Math.PI) + (x - 0.5) * log(t) - t + log(sum)
}
