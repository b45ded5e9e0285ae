import type { Column } from '#core/dataset'
import { name, sql, type Sql } from '#core/sql'

/** A column of numbers or truth values as a double; true counts 1. */
export function columnNumberSql(column: Column): Sql {
  const cell = name(column.id)
  return column.type === 'boolean' ? sql`case when ${cell} then 1e0 when not ${cell} then 0e0 end` : sql`cast(${cell} as double)`
}
