import { join, name, sql, type Sql } from '#core/sql'

/**
 * A query over rows that are worked out once each, by name. Without the word an engine puts the expression of a step in
 * wherever its column is named, and planning alone takes half a minute where each column is counted in five ways.
 */
export function overComputedRows(sources: Readonly<Record<string, Sql>>, query: Sql): Sql {
  const list = Object.entries(sources).map(([alias, rows]) => sql`${name(alias)} as materialized (${rows})`)
  return sql`with ${join(list)} ${query}`
}
