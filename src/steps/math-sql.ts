import { sql, type Sql } from '#core/sql'
import type { MathFunction } from './typed-expression.ts'

const largest = sql`1.7976931348623157e308`
const infinite = sql`cast('inf' as double)`
const names: Readonly<Partial<Record<MathFunction, Sql>>> = {
  abs: sql`abs`, exp: sql`exp`, floor: sql`floor`, ceil: sql`ceil`, sinh: sql`sinh`, cosh: sql`cosh`, tanh: sql`tanh`, arctan: sql`atan`, arcsinh: sql`asinh`,
}

/** A function of a number that is written twice where its domain is asked for: outside of it there is no value. */
export function mathSql(mathFunction: MathFunction, value: Sql): Sql {
  const plain = names[mathFunction]
  if (plain !== undefined) return sql`${plain}(${value})`
  switch (mathFunction) {
    case 'sqrt':
      return sql`case when ${value} >= 0 then sqrt(${value}) end`
    case 'log':
    case 'log10':
      return sql`case when ${value} > 0 then ${mathFunction === 'log' ? sql`ln` : sql`log10`}(${value}) when ${value} = 0 then -${infinite} end`
    case 'sin':
    case 'cos':
      return sql`case when abs(${value}) <= ${largest} then ${mathFunction === 'sin' ? sql`sin` : sql`cos`}(${value}) end`
    case 'arcsin':
    case 'arccos':
      return sql`case when abs(${value}) <= 1 then ${mathFunction === 'arcsin' ? sql`asin` : sql`acos`}(${value}) end`
    case 'arctanh':
      return sql`case when abs(${value}) = 1 then ${value} * ${infinite} when abs(${value}) < 1 then atanh(${value}) end`
    case 'arccosh':
      return sql`case when ${value} >= 1 then acosh(${value}) end`
    case 'expm1':
      return sql`case when exp(${value}) = 1 then ${value} when exp(${value}) - 1 = -1 then -1e0 when exp(${value}) > ${largest} then ${infinite} else (exp(${value}) - 1) * ${value} / ln(exp(${value})) end`
    default:
      return sql`case when ${value} = -1 then -${infinite} when ${value} > ${largest} then ${infinite} when ${value} > -1 then case when 1 + ${value} = 1 then ${value} else ln(1 + ${value}) * ${value} / (1 + ${value} - 1) end end`
  }
}
