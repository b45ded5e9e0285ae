import { name, number, sql, type Sql } from '#core/sql'
import { normalQuantileTables } from '#ml/normal-quantile'
import type { NamedSql } from './step-type.ts'

/** `normalQuantile` of a probability inside 0 to 1 in SQL: expressions worked out one after another, of which the last is the result. */
export function normalQuantileSql(probability: Sql, prefix: string): { layers: NamedSql[]; result: Sql } {
  const { centre, side, tail } = normalQuantileTables
  const [p, q, r, c] = ['p', 'q', 'r', 'c'].map((part) => name(`${prefix}${part}`)) as [Sql, Sql, Sql, Sql]
  const ratio = (x: Sql, [top, bottom]: readonly [readonly number[], readonly number[]]): Sql => sql`${polynomial(x, top)} / ${polynomial(x, bottom)}`
  const size = sql`case when ${r} <= 5e0 then ${ratio(sql`(${r} - 1.6e0)`, side)} else ${ratio(sql`(${r} - 5e0)`, tail)} end`
  return {
    layers: [
      { id: `${prefix}p`, expression: probability },
      { id: `${prefix}q`, expression: sql`${p} - 0.5e0` },
      { id: `${prefix}c`, expression: sql`0.180625e0 - ${q} * ${q}` },
      { id: `${prefix}r`, expression: sql`case when ${p} > 0 and ${p} < 1 then sqrt(-ln(case when ${q} < 0 then ${p} else 1e0 - ${p} end)) end` },
    ],
    result: sql`case when abs(${q}) <= 0.425e0 then (${q} * ${polynomial(c, centre[0])}) / ${polynomial(c, centre[1])} when ${q} < 0 then -(${size}) else ${size} end`,
  }
}

/** Coefficients from the constant up. */
function polynomial(x: Sql, coefficients: readonly number[]): Sql {
  return coefficients.reduceRight((sum, coefficient) => sql`(${sum} * ${x} + cast(${number(coefficient)} as double))`, sql`0e0`)
}
