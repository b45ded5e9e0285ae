import { join, name, number, sql, type Sql } from '#core/sql'
import type { FitSource } from './step-type.ts'

/** What is summed, and how large it gets: |term| ≤ 2^exponent. */
export interface Term {
  readonly term: Sql
  readonly exponent: number
}

/** Sums of a million million terms still fit into 64 bits where each has at most this many. */
const mostBits = 50

/** The least e with |value| ≤ 2^e. */
export function exponentOf(value: number): number {
  const size = Math.abs(value)
  let exponent = 0
  let power = 1
  while (power < size && exponent < 1024) {
    power *= 2
    exponent++
  }
  while (power / 2 >= size && exponent > -1000) {
    power /= 2
    exponent--
  }
  return exponent
}

/**
 * Means of doubles that are the same for every order of the rows and on every engine: each term is cut into two whole
 * numbers, which are summed exactly. `rows` is how many rows `from` has; terms of missing values must be left out there.
 */
export async function exactMeans(terms: readonly Term[], { from, rows }: { from: Sql; rows: number }, source: Pick<FitSource, 'data' | 'tables' | 'signal'>): Promise<number[]> {
  if (terms.length === 0 || rows === 0) return terms.map(() => 0)
  const bits = Math.min(mostBits, 62 - exponentOf(rows + 1))
  const size = sql`${number(2 ** bits)}`
  const scaled = terms.map(({ term, exponent }, i) => sql`(${term}) * ${powerSql(-exponent)} * ${size} as ${name(`s${i}`)}`)
  const high = terms.map((_, i) => sql`floor(${name(`s${i}`)}) as ${name(`h${i}`)}`)
  const sums = terms.flatMap((_, i) => {
    const [s, h] = [name(`s${i}`), name(`h${i}`)]
    return [sql`cast(sum(cast(${h} as bigint)) as varchar) as ${name(`a${i}`)}`, sql`cast(sum(cast(floor((${s} - ${h}) * ${size}) as bigint)) as varchar) as ${name(`b${i}`)}`]
  })
  const query = sql`select ${join(sums)} from (select *, ${join(high)} from (select ${join(scaled)} from (${from}) f) s) h`
  const [found] = await source.data.query(query, source)
  return terms.map(({ exponent }, i) => {
    const whole = (BigInt(String(found?.[`a${i}`] ?? 0)) << BigInt(bits)) + BigInt(String(found?.[`b${i}`] ?? 0))
    return timesPower(quotient(whole, BigInt(rows) << BigInt(2 * bits)), exponent)
  })
}

/** 2^exponent as a literal, in two factors where it would be no double. */
export function powerSql(exponent: number): Sql {
  if (exponent >= -1000 && exponent <= 1000) return sql`cast(${number(2 ** exponent)} as double)`
  const half = exponent > 0 ? 1000 : -1000
  return sql`cast(${number(2 ** half)} as double) * cast(${number(2 ** (exponent - half))} as double)`
}

/** value · 2^exponent without an overflow on the way. */
export function timesPower(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2)
  return value * 2 ** half * 2 ** (exponent - half)
}

/** Quotient of two whole numbers as the double next to it. */
function quotient(dividend: bigint, divisor: bigint): number {
  if (dividend === 0n) return 0
  const size = dividend < 0n ? -dividend : dividend
  const shift = Math.max(0, 70 + divisor.toString(2).length - size.toString(2).length)
  return Number((dividend << BigInt(shift)) / divisor) * 2 ** -shift
}
