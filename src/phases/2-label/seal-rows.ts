import type { Column } from '#core/dataset'
import type { Split } from '#core/outcomes'
import type { TaskName } from '#core/run-settings'
import { join, name, number, sql, type Sql } from '#core/sql'
import { mixSql } from './mix-rows.ts'

/** How rows are marked: over `rows`, a query of the labelled rows with row_id and the columns by id. */
export interface SealRequest {
  readonly rows: Sql
  readonly label: Column
  readonly task: TaskName
  readonly split: Split
  readonly columns: readonly Column[]
  /** Whether any row repeats another; without copies no row has to be compared with others. */
  readonly copies: boolean
}

/** A query of row_id, is_sealed and group_id: rows of one group are copies of each other, or share the split's key. */
export function sealQuery(request: SealRequest): Sql {
  const { split } = request
  const slim = sql`select row_id, ${name(request.label.id)} as label, ${groupSql(request)} as group_id${split.kind === 'time' ? sql`, ${name(split.column ?? '')} as moment` : sql``} from (${request.rows}) s`
  if ('index' in split.test) return indexQuery(slim, split.test.index)
  const { share, seed } = split.test
  return split.kind === 'time' ? timeQuery(slim, share) : randomQuery(slim, { share, seed, stratum: stratumSql(request) })
}

/** The first row of those that are equal in every column, or that have the same key. */
function groupSql({ split, columns, copies }: SealRequest): Sql {
  if (split.kind === 'group') {
    const key = name(split.column ?? '')
    return sql`case when ${key} is null then row_id else min(row_id) over (partition by ${key}) end`
  }
  if (!copies) return sql`row_id`
  return sql`min(row_id) over (partition by ${join(columns.map((column) => name(column.id)))})`
}

function indexQuery(slim: Sql, [modulus, rest]: readonly [number, number]): Sql {
  return sql`select row_id, group_id, mod(row_number() over (order by row_id) - 1, ${number(modulus)}) = ${number(rest)} as is_sealed from (${slim}) g`
}

/** What both sides get alike: the class, or the tenth of a number; a whole group has no one label, so it has no stratum. */
function stratumSql({ task, split }: SealRequest): Sql {
  if (split.kind === 'group') return sql`0`
  return task === 'regression' ? sql`ntile(10) over (order by label, group_id)` : sql`label`
}

/**
 * Groups in a random order within their stratum, sealed until the share is reached; the last one always stays, so that
 * no stratum is sealed whole.
 */
function randomQuery(slim: Sql, { share, seed, stratum }: { share: number; seed: number; stratum: Sql }): Sql {
  const units = sql`select group_id, min(label) as label, count(*) as row_count from (${slim}) g group by group_id`
  const strata = sql`select group_id, row_count, ${stratum} as stratum, ${mixSql(name('group_id'), seed)} as place from (${units}) u`
  const placed = sql`select group_id, row_count, sum(row_count) over (partition by stratum order by place, group_id rows unbounded preceding) as upto, sum(row_count) over (partition by stratum) as total from (${strata}) v`
  const marked = sql`select group_id, ${reachesShare(share)} as is_sealed from (${placed}) w`
  return sql`select g.row_id, g.group_id, m.is_sealed from (${slim}) g join (${marked}) m on g.group_id = m.group_id`
}

/** The latest moments, whole, until the share is reached; rows without one are learnt from. */
function timeQuery(slim: Sql, share: number): Sql {
  const units = sql`select moment, count(*) as row_count from (${slim}) g where moment is not null group by moment`
  const placed = sql`select moment, row_count, sum(row_count) over (order by moment desc rows unbounded preceding) as upto, sum(row_count) over () as total from (${units}) u`
  const marked = sql`select moment, ${reachesShare(share)} as is_sealed from (${placed}) w`
  return sql`select g.row_id, g.group_id, coalesce(m.is_sealed, false) as is_sealed from (${slim}) g left join (${marked}) m on g.moment = m.moment`
}

function reachesShare(share: number): Sql {
  return sql`(upto - row_count < greatest(1, cast(floor(total * ${number(share)} + 5e-1) as bigint)) and upto < total)`
}
