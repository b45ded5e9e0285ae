import { exp } from './exponential.ts'
import type { Estimate } from './mean-interval.ts'
import { wilsonInterval } from './reliability.ts'
import { NORMAL_97_5 } from './student-t.ts'

/** How many of some rows are of a kind. */
export interface Share {
  readonly hits: number
  readonly rows: number
}

/** The first share less the second with its 95 % interval (Newcombe 1998, method 10: from both Wilson intervals). */
export function differenceOfShares(first: Share, second: Share): Estimate {
  const one = wilsonInterval(first.hits, first.rows)
  const other = wilsonInterval(second.hits, second.rows)
  const own = first.hits / first.rows
  const base = second.hits / second.rows
  const value = own - base
  return {
    value,
    low: value - Math.hypot(own - one.low, other.high - base),
    high: value + Math.hypot(one.high - own, base - other.low),
  }
}

/**
 * The first share over the second with its 95 % interval (Katz et al. 1978: normal on the logarithm). Where the
 * logarithm or its error is 0 / 0, the interval is that of half a hit more in each (Walter 1975). Null where the second
 * share is 0.
 */
export function ratioOfShares(first: Share, second: Share): Estimate | null {
  if (second.hits === 0) return null
  const value = first.hits / first.rows / (second.hits / second.rows)
  const certain = first.hits === first.rows && second.hits === second.rows
  const more = first.hits === 0 || certain ? 0.5 : 0
  const own = { hits: first.hits + more, rows: first.rows + more }
  const base = { hits: second.hits + more, rows: second.rows + more }
  const centre = own.hits / own.rows / (base.hits / base.rows)
  const error = Math.sqrt(1 / own.hits - 1 / own.rows + 1 / base.hits - 1 / base.rows)
  const factor = exp(NORMAL_97_5 * error)
  return { value, low: first.hits === 0 ? 0 : centre / factor, high: centre * factor }
}
