import { exp } from './exponential.ts'
import { logFactorial } from './log-factorial.ts'
import { log } from './logarithm.ts'

/** In so few rows the distribution is worked out in full up to this size of n x²; with more, the tail is taken as two one-sided ones earlier. */
const FEW_ROWS = 140
const [FEW_EDGE, MANY_EDGE] = [4, 2.2]

/**
 * Probability that the two-sided statistic of Kolmogorov of `rows` rows is larger. Which way computes it follows R. Simard and
 * P. L'Ecuyer, Computing the two-sided Kolmogorov-Smirnov distribution, J. Stat. Softw. 39 (2011), so that it agrees with programs that do.
 */
export function kolmogorovTail(rows: number, x: number): number {
  if (x >= 1) return 0
  if (x <= 0 || rows * x <= 0.5) return 1
  const square = rows * x * x
  const exact = x >= 0.5 || rows * x >= rows - 1 ? 0 : rows <= FEW_ROWS ? FEW_EDGE : MANY_EDGE
  if (square >= 370) return 0
  if (square >= exact || (rows <= FEW_ROWS && square > FEW_EDGE)) return Math.min(1, 2 * oneSidedTail(rows, x))
  const below = rows <= FEW_ROWS || (rows <= 100_000 && rows * x * Math.sqrt(x) <= 1.4) ? durbin(rows, x) : pelzGood(rows, x)
  return Math.min(1, Math.max(0, 1 - below))
}

/** Birnbaum and Tingey's sum; all its terms are positive. */
function oneSidedTail(rows: number, x: number): number {
  let sum = 0
  for (let j = 0; j <= Math.floor(rows * (1 - x)); j++) {
    const [share, rest] = [x + j / rows, 1 - x - j / rows]
    if (rest <= 0) continue
    sum += exp(logFactorial(rows) - logFactorial(j) - logFactorial(rows - j) + (j - 1) * log(share) + (rows - j) * log(rest))
  }
  return x * sum
}

/** Durbin's matrix to the power of the rows (Marsaglia, Tsang and Wang, J. Stat. Softw. 8, 2003). */
function durbin(rows: number, x: number): number {
  const k = Math.floor(rows * x) + 1
  const size = 2 * k - 1
  const base = durbinMatrix(size, k - rows * x)
  let power: Scaled = { cells: identity(size), exponent: 0 }
  let square: Scaled = { cells: base, exponent: 0 }
  for (let left = rows; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = times(power, square, size)
    if (left > 1) square = times(square, square, size)
  }
  const cell = power.cells[(k - 1) * size + k - 1] as number
  return exp(log(cell) + power.exponent * SCALE_LOG + logFactorial(rows) - rows * log(rows))
}

function durbinMatrix(size: number, h: number): Float64Array {
  const cells = new Float64Array(size * size)
  const powers = [1]
  for (let i = 1; i <= size; i++) powers.push((powers[i - 1] as number) * h)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let cell = row - column + 1 < 0 ? 0 : 1
      if (column === 0) cell -= powers[row + 1] as number
      if (row === size - 1) cell -= powers[size - column] as number
      if (column === 0 && row === size - 1 && 2 * h - 1 > 0) cell += powerOf(2 * h - 1, size)
      cells[row * size + column] = row - column + 1 > 0 ? cell / exp(logFactorial(row - column + 1)) : cell
    }
  }
  return cells
}

function powerOf(x: number, times: number): number {
  let product = 1
  for (let i = 0; i < times; i++) product *= x
  return product
}

interface Scaled {
  readonly cells: Float64Array
  readonly exponent: number
}

const SCALE = 2 ** 400
const SCALE_LOG = 400 * Math.LN2

function identity(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0))
}

function times(a: Scaled, b: Scaled, size: number): Scaled {
  const cells = new Float64Array(size * size)
  let largest = 0
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < size; k++) {
      const factor = a.cells[row * size + k] as number
      if (factor === 0) continue
      for (let column = 0; column < size; column++) cells[row * size + column] = (cells[row * size + column] as number) + factor * (b.cells[k * size + column] as number)
    }
  }
  for (const cell of cells) if (cell > largest) largest = cell
  const exponent = a.exponent + b.exponent
  return largest > SCALE ? { cells: cells.map((cell) => cell / SCALE), exponent: exponent + 1 } : { cells, exponent }
}

/** Four terms of Pelz and Good's asymptotic series (J. R. Stat. Soc. B 38, 1976). */
function pelzGood(rows: number, x: number): number {
  const z = Math.sqrt(rows) * x
  const [z2, pi2] = [z * z, Math.PI * Math.PI]
  const [z4, z6] = [z2 * z2, z2 * z2 * z2]
  let [k0, k1, k2, k3] = [0, 0, 0, 0]
  for (let k = MOST_WAVES; k >= 0; k--) {
    const odd = pi2 * (k + 0.5) * (k + 0.5)
    const e = exp(-odd / (2 * z2))
    k0 += e
    k1 += (odd - z2) * e
    k2 += (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * odd + (1 - 2 * z2) * odd * odd) * e
    k3 += (-30 * z6 - 90 * z6 * z2 + (135 * z4 - 96 * z6) * odd + (212 * z4 - 60 * z2) * odd * odd + (5 - 30 * z2) * odd * odd * odd) * e
  }
  let [even2, even3] = [0, 0]
  for (let k = MOST_WAVES; k >= 1; k--) {
    const even = pi2 * k * k
    const e = exp(-even / (2 * z2))
    even2 += even * e
    even3 += (3 * even * z2 - even * even) * e
  }
  // Each wave stands for itself and its mirror.
  const root = Math.sqrt(Math.PI / 2)
  const terms = [
    (2 * root * k0) / z,
    (2 * root * k1) / (6 * z4),
    (2 * root * k2) / (72 * z6 * z) - (2 * root * even2) / (36 * z2 * z),
    (2 * root * k3) / (6480 * z6 * z4) + (2 * root * even3) / (216 * z6),
  ]
  return terms.reduceRight((sum, term) => sum / Math.sqrt(rows) + term, 0)
}

const MOST_WAVES = 20
