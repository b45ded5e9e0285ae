/** Points and weights by which polynomials are integrated over [0, 1]. */
export interface Quadrature {
  readonly points: Float64Array
  readonly weights: Float64Array
}

/**
 * Gauss-Legendre quadrature of the given number of points on [0, 1]: exact, but for rounding, for polynomials of degree
 * 2 x count - 1. The points are the zeros of the Legendre polynomial, found by Newton's method from Tricomi's guess
 * (Abramowitz and Stegun 25.4.30).
 */
export function gaussLegendre(count: number): Quadrature {
  const points = new Float64Array(count)
  const weights = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (count - i - 0.25)) / (count + 0.5))
    let slope = 1
    for (let step = 0; step < 100; step++) {
      const [value, derivative] = legendre(count, x)
      slope = derivative
      const change = value / derivative
      x -= change
      if (Math.abs(change) < 1e-16) break
    }
    points[i] = (1 + x) / 2
    weights[i] = 1 / ((1 - x * x) * slope * slope)
  }
  return { points, weights }
}

/** Value and derivative of the Legendre polynomial of a degree. */
function legendre(degree: number, x: number): [number, number] {
  let before = 1
  let value = x
  for (let n = 2; n <= degree; n++) {
    const next = ((2 * n - 1) * x * value - (n - 1) * before) / n
    before = value
    value = next
  }
  return [value, (degree * (x * value - before)) / (x * x - 1)]
}
