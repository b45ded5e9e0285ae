/**
 * The natural logarithm, within 1 ulp, with the same bits on every engine (see `exp`). With x = 2^k m, m between sqrt(1/2) and sqrt(2),
 * f = m - 1 and s = f / (2 + f): ln x = k ln2 + ln(1 + f), and ln(1 + f) = 2 artanh s = f - s (f - R), R = 2 (s²/3 + s⁴/5 + …).
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN
  if (x === Number.POSITIVE_INFINITY) return x
  const isSubnormal = x < SMALLEST_NORMAL
  const normal = isSubnormal ? x * 2 ** 54 : x
  DOUBLE[0] = normal
  const high = WORDS[HIGH] as number
  // The exponent, one more where the fraction is above sqrt(2).
  const exponent = (high >>> 20) - 1023 + ((high & 0xfffff) > SQRT2_FRACTION ? 1 : 0)
  const f = normal * (INVERSE_POWERS[exponent + 1022] as number) - 1
  const k = isSubnormal ? exponent - 54 : exponent
  const s = f / (2 + f)
  const q = s * s
  const w = q * q
  // Even and odd terms apart: half as many steps that wait for each other.
  const odd = 1 / 5 + w * (1 / 9 + w * (1 / 13 + w * (1 / 17 + w * (1 / 21))))
  const r = 2 * q * (1 / 3 + w * (1 / 7 + w * (1 / 11 + w * (1 / 15 + w * (1 / 19)))) + q * odd)
  return k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f)
}

/** ln(1 + x), exact to a few ulp for small x too: the error of rounding 1 + x is divided out (W. Kahan). */
export function log1p(x: number): number {
  const sum = 1 + x
  if (sum === 1 || sum === Number.POSITIVE_INFINITY) return x
  return log(sum) * (x / (sum - 1))
}

const SMALLEST_NORMAL = 2 ** -1022
/** The upper 20 bits of the fraction of sqrt(2). */
const SQRT2_FRACTION = 0x6a09e
/** ln2 as the sum of a number of 26 bits, whose product with k is exact, and the rest. */
const LN2_HIGH = 0.6931471675634384
const LN2_LOW = 1.2996506893889889e-8

const DOUBLE = new Float64Array(1)
const WORDS = new Uint32Array(DOUBLE.buffer)
/** Where the upper half of a double lies on this machine. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0

/** 2^(1022 - i), from 2^1022 to 2^-1024; exact. */
const INVERSE_POWERS = new Float64Array(2047)
for (let i = 0, power = 2 ** 1022; i < INVERSE_POWERS.length; i++, power /= 2) INVERSE_POWERS[i] = power
