import { log } from './logarithm.ts'
import type { Random } from './random.ts'

/** Draws a chi-square variable: two degrees of freedom for each uniform number, an odd one by the polar method. */
export function drawChiSquare(freedom: number, random: Random): number {
  let product = 1
  for (let pair = 1; pair < freedom; pair += 2) product *= 1 - random.next()
  const even = -2 * log(product)
  return freedom % 2 === 0 ? even : even + squaredNormal(random)
}

function squaredNormal(random: Random): number {
  for (;;) {
    const [u, v] = [2 * random.next() - 1, 2 * random.next() - 1]
    const square = u * u + v * v
    if (square > 0 && square < 1) return (-2 * log(square) * u * u) / square
  }
}
