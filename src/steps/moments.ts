import { number, sql, type Sql } from '#core/sql'
import { exactMeans, exponentOf, powerSql, timesPower } from './exact-sum.ts'
import type { FitSource } from './step-type.ts'

/** The numbers of a column that are there, in four figures. */
export interface Moments {
  /** How many are there, and how many rows have none. */
  readonly count: number
  readonly missing: number
  readonly min: number
  readonly max: number
  readonly mean: number
  /** Mean square distance from the mean, infinite where no double holds it; `deviation` is its root. */
  readonly variance: number
  readonly deviation: number
}

type Range = Pick<Moments, 'count' | 'missing' | 'min' | 'max'>

/** Count, least and greatest of a number; null where every row lacks it. */
export async function rangeOf(value: Sql, source: FitSource): Promise<{ missing: number; range: Range | null }> {
  const query = sql`select count(*) as rows, count(v) as there, min(v) as least, max(v) as most from (select ${value} as v from (${source.rows}) t) v`
  const [found] = await source.data.query(query, source)
  const [rows, count] = [Number(found?.rows ?? 0), Number(found?.there ?? 0)]
  const missing = rows - count
  if (count === 0) return { missing, range: null }
  return { missing, range: { count, missing, min: Number(found?.least) + 0, max: Number(found?.most) + 0 } }
}

/** Exact moments of a number over the rows of a fit; null where every row lacks it. */
export async function momentsOf(value: Sql, source: FitSource): Promise<Moments | null> {
  const { range } = await rangeOf(value, source)
  if (range === null) return null
  const { count, min, max } = range
  if (min === max) return { ...range, mean: min, variance: 0, deviation: 0 }
  const from = sql`select v from (select ${value} as v from (${source.rows}) t) w where v is not null`
  const [mean = 0] = await exactMeans([{ term: sql`v`, exponent: Math.max(exponentOf(min), exponentOf(max)) }], { from, rows: count }, source)
  // Distances are scaled before they are taken: between the ends of the doubles they would be infinite.
  const exponent = Math.max(exponentOf(min / 2 - mean / 2), exponentOf(max / 2 - mean / 2)) + 1
  const scaled = sql`(v * ${powerSql(-exponent)} - cast(${number(timesPower(mean, -exponent))} as double))`
  const [square = 0] = await exactMeans([{ term: sql`${scaled} * ${scaled}`, exponent: 0 }], { from, rows: count }, source)
  return { ...range, mean, variance: timesPower(square, 2 * exponent), deviation: timesPower(Math.sqrt(square), exponent) }
}

/** Whether a spread is no more than what rounding makes of a constant (Chan, Golub, LeVeque 1983), as scikit-learn decides. */
export function isConstant({ variance, mean }: Pick<Moments, 'variance' | 'mean'>, rows: number): boolean {
  if (!Number.isFinite(variance)) return false
  return variance <= rows * Number.EPSILON * variance + (rows * mean * Number.EPSILON) ** 2
}
