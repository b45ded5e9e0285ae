import type { MathFunction } from './typed-expression.ts'

/** The functions of a number; outside of their domain there is no value. Equal to `mathSql` but for last digits. */
export const mathFunctionOf: Readonly<Record<MathFunction, (value: number) => number>> = {
  abs: Math.abs,
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  log10: Math.log10,
  floor: Math.floor,
  ceil: Math.ceil,
  sin: Math.sin,
  cos: Math.cos,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  arcsinh: Math.asinh,
  arccosh: Math.acosh,
  arctanh: Math.atanh,
  expm1: Math.expm1,
  log1p: Math.log1p,
}

/** Numbers of another kind. */
export const conversions = {
  truncated: Math.trunc,
  whole: (value: number): number => (Number.isInteger(value) ? value : Number.NaN),
  single: Math.fround,
} as const

/** To so many decimals as NumPy rounds: scaled, halves to the even neighbour, scaled back. */
export function rounded(decimals: number): (value: number) => number {
  const scale = 10 ** Math.abs(decimals)
  if (decimals === 0) return halfToEven
  return decimals > 0 ? (value) => halfToEven(value * scale) / scale : (value) => halfToEven(value / scale) * scale
}

function halfToEven(value: number): number {
  const whole = Math.floor(value)
  const rest = value - whole
  return rest < 0.5 || (rest === 0.5 && whole % 2 === 0) ? whole : whole + 1
}
