import { number, sql, type Sql } from '#core/sql'
import { linspace } from './linspace.ts'

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

function slopeOf(below: Knot, above: Knot): number {
  return (above.first - below.last) / (above.value - below.value)
}

const literal = (value: number): Sql => sql`cast(${number(value)} as double)`

/** The same in SQL, as a tree of comparisons. */
export function shareSql(value: Sql, knots: readonly Knot[]): Sql {
  const between = (place: number): Sql => {
    const [below, above] = [knots[place - 1], knots[place]]
    if (below === undefined) return literal(above === undefined ? 0 : 0.5 * (above.first + above.first))
    const at = literal(0.5 * (below.last + below.first))
    if (above === undefined) return sql`case when ${value} = ${literal(below.value)} then ${at} else ${literal(0.5 * (below.last + below.last))} end`
    const slope = literal(slopeOf(below, above))
    const line = sql`0.5e0 * (${slope} * (${value} - ${literal(below.value)}) + ${literal(below.last)} - (${slope} * (${literal(above.value)} - ${value}) - ${literal(above.first)}))`
    return sql`case when ${value} = ${literal(below.value)} then ${at} else ${line} end`
  }
  const tree = (low: number, high: number): Sql => {
    if (low === high) return between(low)
    const middle = (low + high) >>> 1
    return sql`case when ${value} < ${literal(knots[middle]?.value ?? 0)} then ${tree(low, middle)} else ${tree(middle + 1, high)} end`
  }
  return sql`case when ${value} is null then null else ${tree(0, knots.length)} end`
}
