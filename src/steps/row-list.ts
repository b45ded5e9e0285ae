import { sql, type Sql } from '#core/sql'

/** A query of row ids that are given as numbers, however many there are. */
export function rowList(ids: Iterable<number>): Sql {
  return sql`select unnest(from_json(cast(${JSON.stringify([...ids])} as json), '["BIGINT"]'))`
}
