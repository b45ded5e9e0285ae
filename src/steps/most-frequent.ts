import type { Column } from '#core/dataset'
import type { Cell } from '#core/ports'
import { name, sql, type Sql } from '#core/sql'
import { numberSql } from './number-step.ts'
import type { FitSource } from './step-type.ts'

/** The value that most rows have, the least of those that tie; null where every row lacks it. */
export async function mostFrequent(column: Column, source: FitSource, where: Sql = sql`true`): Promise<Cell> {
  const value = column.type === 'number' ? numberSql(column) : name(column.id)
  const from = sql`select ${value} as v from (${source.rows}) t where ${name(column.id)} is not null and ${where}`
  const [found] = await source.data.query(sql`select v, count(*) as rows from (${from}) w group by v order by rows desc, v limit 1`, source)
  return found?.v ?? null
}
