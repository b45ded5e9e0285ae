import { join, number, sql, type Sql } from '#core/sql'

/** A number as a literal of type double. A cast is not folded inside a list, which the engine then makes anew for every row. */
export function doubleSql(value: number): Sql {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 53 ? sql`${number(value)}e0` : number(value)
}

/** A list of doubles. */
export function doublesSql(values: readonly number[]): Sql {
  return sql`array[${join(values.map(doubleSql))}]`
}
