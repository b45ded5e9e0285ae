import { name, number, sql, type Sql } from '#core/sql'
import { log, log1p } from '#ml/logarithm'
import { exactMeans, exponentOf, powerSql } from './exact-sum.ts'
import { minimiseBetween, minimiseFrom } from './minimise.ts'
import { type Moments, momentsOf } from './moments.ts'
import { powerCurve, powerCurveSql, type PowerMethod } from './power-curve.ts'
import type { FitSource } from './step-type.ts'

interface Request {
  readonly method: PowerMethod
  readonly moments: Moments
}

/** Tolerance of the search, as SciPy has it. */
const tolerance = 1.48e-8

/** The power that makes a column most like a normal one, by its likelihood; every evaluation is one exact query. */
export async function fitPower(value: Sql, { method, moments }: Request, source: FitSource): Promise<number> {
  const mean = await meanLog(value, { method, moments }, source)
  const objective = async (lambda: number): Promise<number> => {
    const spread = await logVariance(value, { lambda, method, moments }, source)
    const likelihood = -0.5 * spread + (lambda - 1) * mean
    return Number.isFinite(likelihood) ? -likelihood : Number.POSITIVE_INFINITY
  }
  if (method === 'box-cox') return minimiseFrom(objective, { first: -2, second: 2, tolerance })
  return minimiseBetween(objective, { ...boundsOf(moments), tolerance })
}

/** Powers under which values up to 20 times as large as those seen neither overflow nor vanish (SciPy, gh-18852). */
function boundsOf({ min, max }: Moments): { low: number; high: number } {
  const size = log1p(Math.min(Number.MAX_VALUE, 20 * Math.max(Math.abs(min), Math.abs(max))))
  const least = log(Number.EPSILON)
  const low = (log(2 ** -1022) - least) / 2 / size
  const high = (log(Number.MAX_VALUE) + least) / 2 / size
  if (max < 0) return { low: 2 - high, high: 2 - low }
  return min < 0 ? { low: Math.max(2 - high, low), high: Math.min(2 - low, high) } : { low, high }
}

/** Mean of the logarithms by which the likelihood counts how far a power stretches the values. */
async function meanLog(value: Sql, { method, moments }: Request, source: FitSource): Promise<number> {
  const stretch = method === 'box-cox' ? sql`ln(v)` : sql`case when v >= 0 then ln(1e0 + v) else -ln(1e0 - v) end`
  const from = sql`select ${stretch} as l from (select ${value} as v from (${source.rows}) t) w where v is not null`
  const [mean = 0] = await exactMeans([{ term: sql`l`, exponent: 10 }], { from, rows: moments.count }, source)
  return mean
}

/** Logarithm of the variance of the values on a curve. */
async function logVariance(value: Sql, { lambda, method, moments }: Request & { lambda: number }, source: FitSource): Promise<number> {
  const at = (one: number): number => powerCurve(one, lambda, method)
  const [low, centre, high] = [at(moments.min), at(moments.mean), at(moments.max)]
  const exponent = exponentOf(Math.max(high / 2 - centre / 2, centre / 2 - low / 2)) + 2
  if (!Number.isFinite(low) || !Number.isFinite(high) || exponent > 1000) return Number.POSITIVE_INFINITY
  const { layers, result } = powerCurveSql(sql`v`, lambda, { method, prefix: 'p_' })
  const inner = sql`select ${value} as v from (${source.rows}) t`
  const stacked = layers.reduce((rows, { id, expression }) => sql`select *, ${expression} as ${name(id)} from (${rows}) p`, sql`select v from (${inner}) w where v is not null`)
  const from = sql`select (y - cast(${number(centre)} as double)) * ${powerSql(-exponent)} as d from (select ${result} as y from (${stacked}) c) y`
  const [mean = 0, square = 0] = await exactMeans([{ term: sql`d`, exponent: 0 }, { term: sql`d * d`, exponent: 0 }], { from, rows: moments.count }, source)
  return log(square - mean * mean) + 2 * exponent * Math.LN2
}

/** Moments of a column on its curve. */
export async function curvedMoments(value: Sql, { lambda, method }: { lambda: number; method: PowerMethod }, source: FitSource): Promise<Moments | null> {
  const { layers, result } = powerCurveSql(sql`v`, lambda, { method, prefix: 'p_' })
  const stacked = layers.reduce((rows, { id, expression }) => sql`select *, ${expression} as ${name(id)} from (${rows}) p`, sql`select ${value} as v from (${source.rows}) t`)
  return momentsOf(sql`y`, { ...source, rows: sql`select ${result} as y from (${stacked}) c` })
}
