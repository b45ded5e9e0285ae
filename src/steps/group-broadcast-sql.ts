import type { Column } from '#core/dataset'
import type { Cell } from '#core/ports'
import { join, name, sql, type Sql } from '#core/sql'
import type { Broadcast, GroupOperation, Groups } from './broadcast-groups.ts'
import { columnNumberSql } from './column-number-sql.ts'
import { keptRowsSql } from './kept-rows.ts'
import type { RowsSql } from './step-type.ts'
import { timeBucketSql } from './time-bucket.ts'

function keysOf({ by, time }: Groups): Sql[] {
  return [...by.map((column) => name(column.id)), ...(time === null ? [] : [timeBucketSql(time.column, time.unit)])]
}

interface Aggregation {
  readonly groups: Groups
  readonly columns: readonly Column[]
  readonly op: GroupOperation
}

/** The aggregate of every group of rows; null where it has no value. */
export function groupsSql({ groups, columns, op }: Aggregation, rows: Sql): Sql {
  const keys = keysOf(groups)
  const order = groups.time === null ? sql`row_id` : sql`${name(groups.time.column.id)} nulls last, row_id`
  const placed = sql`select *, row_number() over (order by ${order}) as group_place from (${rows}) t where ${join(keys.map((key) => sql`${key} is not null`), sql` and `)}`
  const values = columns.map((column, i) => sql`${aggregateSql(column, op)} as ${name(`v${i}`)}`)
  const named = keys.map((_, i) => name(`k${i}`))
  const listed = join([...keys.map((key, i) => sql`${key} as ${name(`k${i}`)}`), ...values])
  return sql`select ${listed} from (${placed}) p group by ${join(keys)} order by ${join(named)}`
}

/** Present, and not 0, false or an empty text. */
function isSet(column: Column): Sql {
  const cell = name(column.id)
  if (column.type === 'text') return sql`coalesce(${cell} <> '', false)`
  if (column.type === 'boolean') return sql`coalesce(${cell}, false)`
  return column.type === 'date' || column.type === 'timestamp' ? sql`(${cell} is not null)` : sql`coalesce(${cell} <> 0, false)`
}

/** Sums run in the order of the rows, so that they are the same each time. */
function aggregateSql(column: Column, op: GroupOperation): Sql {
  const cell = name(column.id)
  if (op === 'any') return sql`max(case when ${isSet(column)} then 1 end)`
  if (op === 'count') return sql`nullif(count(${cell}), 0)`
  if (op === 'first' || op === 'last') return sql`${op === 'first' ? sql`min_by` : sql`max_by`}(${cell}, case when ${cell} is not null then group_place end)`
  if (op === 'mean' || op === 'sum') return sql`${op === 'mean' ? sql`avg` : sql`sum`}(${columnNumberSql(column)} order by row_id)`
  return sql`${op === 'max' ? sql`max` : sql`min`}(${cell})`
}

interface Kept {
  readonly groups: Groups
  readonly kept: ReadonlyArray<readonly Cell[]>
  readonly outputs: readonly Broadcast[]
  /** Names for what was found, in the order of the outputs. */
  readonly found: readonly string[]
}

/** Sets what was fitted for a row's group beside it. */
export function besideGroups({ groups, kept, outputs, found }: Kept, { rows, columns }: RowsSql): RowsSql {
  const keys = keysOf(groups)
  const types = [...groups.by.map((column) => column.type), ...(groups.time === null ? [] : ['integer' as const])]
  const fitted = keptRowsSql(kept, [
    ...types.map((type, i) => ({ id: `k${i}`, type })),
    ...outputs.map((output, i) => ({ id: `v${i}`, type: output.type })),
  ])
  const listed = [sql`row_id`, ...columns.map((id) => name(id))]
  const made = found.map((id, i) => sql`fitted.${name(`v${i}`)} as ${name(id)}`)
  const same = join(keys.map((_, i) => sql`here.${name(`${found[0]}_key_${i}`)} = fitted.${name(`k${i}`)}`), sql` and `)
  const keyed = sql`select *, ${join(keys.map((key, i) => sql`${key} as ${name(`${found[0]}_key_${i}`)}`))} from (${rows}) t`
  return { rows: sql`select ${join([...listed.map((one) => sql`here.${one}`), ...made])} from (${keyed}) here left join (${fitted}) fitted on ${same}`, columns: [...columns, ...found] }
}

/** What was found, else the operation over the row's own value alone. */
export function ownSql({ column }: Broadcast, found: string, op: GroupOperation): Sql {
  const cell = name(column.id)
  const own = op === 'count' ? sql`case when ${cell} is null then 0 else 1 end` : op === 'any' ? sql`case when ${isSet(column)} then 1 else 0 end` : op === 'mean' || op === 'sum' ? columnNumberSql(column) : cell
  return sql`coalesce(${name(found)}, ${own})`
}
