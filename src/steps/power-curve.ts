import { name, number, sql, type Sql } from '#core/sql'
import { exp } from '#ml/exponential'
import { log, log1p } from '#ml/logarithm'
import type { NamedSql } from './step-type.ts'

export type PowerMethod = 'yeo-johnson' | 'box-cox'

/** Powers nearer to 0 than this are the logarithm. */
const nearZero: Readonly<Record<PowerMethod, number>> = { 'yeo-johnson': Number.EPSILON, 'box-cox': 1e-19 }

/** The power of the side of zero that a value is on: below it, Yeo and Johnson mirror the curve with 2 − λ. */
function powerAt(value: number, lambda: number, method: PowerMethod): number {
  return method === 'yeo-johnson' && value < 0 ? 2 - lambda : lambda
}

/** e^x − 1, exact to a few ulp for small x too (W. Kahan). */
function expm1(x: number): number {
  const power = exp(x)
  if (power === 1) return x
  if (power - 1 === -1) return -1
  return power === Number.POSITIVE_INFINITY ? power : ((power - 1) * x) / log(power)
}

/** A number on the curve of Yeo and Johnson (2000), or of Box and Cox (1964), where it must be above zero. */
export function powerCurve(value: number, lambda: number, method: PowerMethod): number {
  if (method === 'box-cox' && value <= 0) return Number.NaN
  const power = powerAt(value, lambda, method)
  const logarithm = method === 'box-cox' ? log(value) : log1p(Math.abs(value))
  const size = Math.abs(power) < nearZero[method] ? logarithm : expm1(power * logarithm) / power
  return method === 'yeo-johnson' && value < 0 ? -size : size
}

/** The same in SQL: expressions worked out one after another, of which the last is the result. */
export function powerCurveSql(value: Sql, lambda: number, { method, prefix }: { method: PowerMethod; prefix: string }): { layers: NamedSql[]; result: Sql } {
  const part = (what: string): string => `${prefix}${what}`
  const [sum, logarithm, scaled, power, x] = [name(part('sum')), name(part('log')), name(part('scaled')), name(part('power')), name(part('x'))]
  const literal = (one: number): Sql => sql`cast(${number(one)} as double)`
  const own = method === 'box-cox' ? { sum: x, log: sql`case when ${x} > 0 then ln(${x}) end` } : {
    sum: sql`1e0 + abs(${x})`,
    log: sql`case when ${sum} = 1e0 then abs(${x}) else ln(${sum}) * (abs(${x}) / (${sum} - 1e0)) end`,
  }
  const side = (positive: Sql, negative: Sql): Sql => (method === 'box-cox' ? positive : sql`case when ${x} < 0 then ${negative} else ${positive} end`)
  const factor = (at: number): Sql => literal(powerAt(at, lambda, method))
  const curve = (at: number): Sql => {
    const one = powerAt(at, lambda, method)
    if (Math.abs(one) < nearZero[method]) return logarithm
    const minusOne = sql`case when ${power} = 1e0 then ${scaled} when ${power} - 1e0 = -1e0 then -1e0 when ${power} <= 1.7976931348623157e308 then (${power} - 1e0) * ${scaled} / ln(${power}) end`
    return sql`(${minusOne}) / ${literal(one)}`
  }
  return {
    layers: [
      { id: part('x'), expression: value },
      { id: part('sum'), expression: own.sum },
      { id: part('log'), expression: own.log },
      { id: part('scaled'), expression: sql`${logarithm} * ${side(factor(1), factor(-1))}` },
      { id: part('power'), expression: sql`exp(${scaled})` },
    ],
    result: side(curve(1), sql`-(${curve(-1)})`),
  }
}
