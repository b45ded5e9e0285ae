import { seededRandom } from '#ml/random'
import { number, sql, type Sql } from '#core/sql'

/** A prime below 2^31, so that every product stays within a 64-bit integer of any engine. */
const prime = 2_147_483_647

/**
 * A seeded scramble of a row id, in whole numbers that every SQL engine computes alike: one linear and two quadratic
 * rounds modulo a prime. Ordering by it, then by the id, is a random order.
 */
export function mixSql(id: Sql, seed: number): Sql {
  const random = seededRandom(seed, 0x5eed)
  const constant = (): Sql => sql`cast(${number(1 + random.below(prime - 1))} as bigint)`
  const modulus = sql`cast(${number(prime)} as bigint)`
  const linear = sql`mod(mod(${id}, ${modulus}) * ${constant()} + ${constant()}, ${modulus})`
  const quadratic = (value: Sql): Sql => sql`(select mod(x * mod(x + ${constant()}, ${modulus}) + ${constant()}, ${modulus}) from (select ${value} as x) r)`
  return quadratic(quadratic(linear))
}
