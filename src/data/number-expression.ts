import { sql } from '#core/sql'
import type { Sql } from '#core/sql'

/** Dates as days and times as seconds since 1970, anything else cast to DOUBLE; missing stays NULL. */
export function numberExpression(expression: Sql, type: string): Sql {
  if (type === 'DATE') return sql`CAST(date_diff('day', DATE '1970-01-01', ${expression}) AS DOUBLE)`
  if (type.startsWith('TIMESTAMP')) return sql`(epoch_us(${expression}) / 1e6)`
  return sql`CAST(${expression} AS DOUBLE)`
}
