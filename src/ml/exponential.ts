/**
 * e to the power of a number, within 1 ulp, with the same bits on every engine: each has its own Math.exp, so that a model fitted in a
 * browser would differ from one of Node in its last digits. Argument reduction by a table of 2^(j/32), as P. T. P. Tang, "Table-driven
 * implementation of the exponential function in IEEE floating-point arithmetic", ACM TOMS 15 (1989); the rest by Taylor's series.
 */
export function exp(x: number): number {
  if (!(x > SMALLEST)) return x <= SMALLEST ? 0 : Number.NaN
  if (x > LARGEST) return Number.POSITIVE_INFINITY
  // x = (32 k + j) ln2 / 32 + r, with |r| <= ln2 / 64.
  const n = Math.floor(x * STEPS_PER_UNIT + 0.5)
  const r = x - n * STEP_HIGH - n * STEP_LOW
  const j = n & 31
  const k = n >> 5
  const base = ROOTS[j] as number
  const rest = r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))))
  const value = base + base * rest
  if (k >= -1021 && k <= 1023) return value * (POWERS[k + 1074] as number)
  // In two factors, of which the first is exact: the result may be subnormal, and 2^1024 is no double.
  const half = k >> 1
  return value * (POWERS[half + 1074] as number) * (POWERS[k - half + 1074] as number)
}

/** Above the one the result is more than the largest double, up to the other less than half the smallest. */
const LARGEST = 709.782712893384
const SMALLEST = -745.1332191019412

const STEPS_PER_UNIT = 46.16624130844683
/** ln2 / 32 as the sum of a number of 26 bits, whose product with n is exact, and the rest. */
const STEP_HIGH = 0.02166084898635745
const STEP_LOW = 4.06140840434059e-10

/** 2^(j / 32), correctly rounded. */
const ROOTS = Float64Array.of(
  1, 1.0218971486541166, 1.0442737824274138, 1.0671404006768237, 1.0905077326652577, 1.1143867425958924, 1.1387886347566916,
  1.1637248587775775, 1.189207115002721, 1.215247359980469, 1.241857812073484, 1.2690509571917332, 1.2968395546510096, 1.3252366431597413,
  1.3542555469368927, 1.383909881963832, Math.SQRT2, 1.4451808069770467, 1.4768261459394993, 1.5091644275934228, 1.5422108254079407,
  1.5759808451078865, 1.6104903319492543, 1.645755478153965, 1.681792830507429, 1.718619298122478, 1.7562521603732995, 1.7947090750031072,
  1.8340080864093424, 1.8741676341103, 1.9152065613971474, 1.9571441241754002,
)

/** 2^(i - 1074), from the smallest double to 2^1023; exact. */
const POWERS = new Float64Array(2098)
for (let i = 0, power = Number.MIN_VALUE; i < POWERS.length; i++, power *= 2) POWERS[i] = power
