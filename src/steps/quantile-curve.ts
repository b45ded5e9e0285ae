import { join, name, number, sql, type Sql } from '#core/sql'
import { linspace } from './linspace.ts'
import type { NamedSql } from './step-type.ts'

/** A value of the fit with the shares of values at most it: from the first to the last quantile that equals it. */
export interface Knot {
  readonly value: number
  readonly first: number
  readonly last: number
}

/** The quantiles as knots that rise. */
export function knotsOf(quantiles: readonly number[]): Knot[] {
  const shares = linspace(0, 1, quantiles.length)
  const knots: Knot[] = []
  for (const [i, value] of quantiles.entries()) {
    const share = shares[i] ?? 0
    const last = knots.at(-1)
    if (last !== undefined && value <= last.value) knots[knots.length - 1] = { ...last, last: share }
    else knots.push({ value, first: share, last: share })
  }
  return knots
}

/** The share of values below: straight lines between knots, the middle of its shares at a knot. */
export function shareOf(knots: readonly Knot[]): (value: number) => number {
  return function share(value) {
    let [low, high] = [0, knots.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((knots[middle]?.value ?? 0) <= value) low = middle + 1
      else high = middle
    }
    const [below, above] = [knots[low - 1], knots[low]]
    if (below === undefined) return above === undefined ? 0 : 0.5 * (above.first + above.first)
    if (below.value === value) return 0.5 * (below.last + below.first)
    if (above === undefined) return 0.5 * (below.last + below.last)
    const slope = slopeOf(below, above)
    return 0.5 * (slope * (value - below.value) + below.last - (slope * (above.value - value) - above.first))
  }
}

/** No number lies between knots that are so near each other that their slope overflows. */
function slopeOf(below: Knot, above: Knot): number {
  return Math.min(Number.MAX_VALUE, (above.first - below.last) / (above.value - below.value))
}

const literal = (value: number): Sql => sql`cast(${number(value)} as double)`
const list = (values: readonly number[]): Sql => sql`array[${join(values.map(literal))}]`

/**
 * The same in SQL, by halving in lists: a tree of comparisons takes the engine seconds to plan. Expressions are worked out one
 * after another, of which the last is the result; `x` is the name of the value.
 */
export function shareSql(x: Sql, knots: readonly Knot[], prefix: string): { layers: NamedSql[]; result: Sql } {
  const slopes = knots.slice(1).map((above, i) => slopeOf(knots[i] ?? above, above))
  const lists = { values: knots.map(({ value }) => value), first: knots.map(({ first }) => first), last: knots.map(({ last }) => last), slope: [...slopes, 0] }
  const [values, first, last, slope] = [name(`${prefix}values`), name(`${prefix}first`), name(`${prefix}last`), name(`${prefix}slope`)]
  const layers: NamedSql[] = Object.entries(lists).map(([what, numbers]) => ({ id: `${prefix}${what}`, expression: list(numbers) }))
  let place = sql`0`
  for (let step = 2 ** Math.floor(Math.log2(knots.length)); step >= 1; step /= 2) {
    const next = sql`${place} + ${number(step)}`
    layers.push({ id: `${prefix}place${step}`, expression: sql`case when ${next} <= ${number(knots.length)} then case when ${x} >= ${values}[${next}] then ${next} else ${place} end else ${place} end` })
    place = name(`${prefix}place${step}`)
  }
  const [lowest, highest] = [knots[0]?.first ?? 0, knots.at(-1)?.last ?? 0]
  const line = sql`0.5e0 * (${slope}[${place}] * (${x} - ${values}[${place}]) + ${last}[${place}] - (${slope}[${place}] * (${values}[${place} + 1] - ${x}) - ${first}[${place} + 1]))`
  return {
    layers,
    result: sql`case when ${x} is null then null when ${place} = 0 then ${literal(0.5 * (lowest + lowest))} when ${x} = ${values}[${place}] then 0.5e0 * (${last}[${place}] + ${first}[${place}]) when ${place} = ${number(knots.length)} then ${literal(0.5 * (highest + highest))} else ${line} end`,
  }
}
