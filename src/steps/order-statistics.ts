import { join, number, sql, type Sql } from '#core/sql'
import type { FitSource } from './step-type.ts'

/** How a quantile between two values is made of them: numpy's names. */
export const quantileMethods = [
  'inverted_cdf', 'averaged_inverted_cdf', 'closest_observation', 'interpolated_inverted_cdf', 'hazen', 'weibull', 'linear', 'median_unbiased', 'normal_unbiased',
] as const
export type QuantileMethod = (typeof quantileMethods)[number]

interface Place {
  readonly low: number
  readonly high: number
  /** Share of the way from the lower to the higher value. */
  readonly weight: number
}

/** Exact quantiles of a number over the rows of a fit, at shares from 0 to 1; null where every row lacks it. */
export async function quantilesOf(value: Sql, { shares, method, count }: { shares: readonly number[]; method: QuantileMethod; count: number }, source: FitSource): Promise<number[] | null> {
  if (count === 0) return null
  const places = shares.map((share) => placeOf(share, count, method))
  const ranks = [...new Set(places.flatMap(({ low, high }) => [low, high]))].sort((a, b) => a - b)
  const ordered = sql`select v, row_number() over (order by v) - 1 as place from (select ${value} as v from (${source.rows}) t) w where v is not null`
  const answer = await source.data.query(sql`select v, place from (${ordered}) o where place in (${join(ranks.map(number))}) order by place`, source)
  const values = new Map(answer.map(({ v, place }) => [Number(place), Number(v) + 0]))
  return places.map(({ low, high, weight }) => between(values.get(low) ?? 0, values.get(high) ?? 0, weight))
}

/** The median: the middle value, or the mean of the two in the middle. */
export async function medianOf(value: Sql, count: number, source: FitSource): Promise<number | null> {
  const found = await quantilesOf(value, { shares: [0.5], method: 'averaged_inverted_cdf', count }, source)
  return found?.[0] ?? null
}

/** As numpy rounds it, but for a distance that no double holds. */
function between(low: number, high: number, weight: number): number {
  const distance = high - low
  if (!Number.isFinite(distance)) return low * (1 - weight) + high * weight
  return weight >= 0.5 ? high - distance * (1 - weight) : low + distance * weight
}

/** The two values that a quantile lies between, by their place in the order (Hyndman and Fan 1996). */
function placeOf(share: number, count: number, method: QuantileMethod): Place {
  if (method === 'inverted_cdf') return discrete(count * share - 1, count, (weight) => weight === 0)
  if (method === 'closest_observation') return discrete(count * share - 1 - 0.5, count, (weight, index) => weight === 0 && Math.abs(Math.floor(index) % 2) === 1)
  const index = virtualIndex(share, count, method)
  if (index >= count - 1) return { low: count - 1, high: count - 1, weight: 0 }
  if (index < 0) return { low: 0, high: 0, weight: 0 }
  const low = Math.floor(index)
  const weight = index - low
  return { low, high: low + 1, weight: method === 'averaged_inverted_cdf' ? (weight === 0 ? 0.5 : 1) : weight }
}

function discrete(index: number, count: number, isLower: (weight: number, index: number) => boolean): Place {
  const below = Math.floor(index)
  const chosen = Math.min(count - 1, Math.max(0, isLower(index - below, index) ? below : below + 1))
  return { low: chosen, high: chosen, weight: 0 }
}

const plotting = { interpolated_inverted_cdf: [0, 1], hazen: [0.5, 0.5], weibull: [0, 0], median_unbiased: [1 / 3, 1 / 3], normal_unbiased: [3 / 8, 3 / 8] } as const

function virtualIndex(share: number, count: number, method: Exclude<QuantileMethod, 'inverted_cdf' | 'closest_observation'>): number {
  if (method === 'linear') return (count - 1) * share
  if (method === 'averaged_inverted_cdf') return count * share - 1
  const [alpha, beta] = plotting[method]
  return count * share + (alpha + share * (1 - alpha - beta)) - 1
}
