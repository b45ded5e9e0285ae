import { z } from 'zod'
import type { Column } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import { join, name, sql, type Sql } from '#core/sql'
import { findColumns } from './define-step.ts'
import { namesParam } from './list-params.ts'

/** Parameters of steps that set the rows of each group in order. */
export const orderedParams = { columns: namesParam, group_by: namesParam, order_by: namesParam }
const schema = z.object(orderedParams)
type Params = z.infer<typeof schema>

/** The columns that make the groups, and those that order the rows of one; ties keep the order of the table. */
export interface OrderedRows {
  readonly groups: readonly Column[]
  readonly order: readonly Column[]
}

/** Finds the columns that group and order the rows. */
export function orderedRows(params: Pick<Params, 'group_by' | 'order_by'>, table: readonly Column[]): Result<OrderedRows> {
  const groups = findColumns(table, params.group_by)
  if (!groups.ok) return groups
  const order = findColumns(table, params.order_by)
  if (!order.ok) return order
  return accept({ groups: groups.value, order: order.value })
}

/** The window of a row's group in its order, with an optional frame, as it stands behind `over`. */
export function orderedWindow({ groups, order }: OrderedRows, frame: Sql = sql``): Sql {
  const partition = groups.length === 0 ? sql`` : sql`partition by ${join(groups.map(({ id }) => name(id)))} `
  const keys = [...order.map(({ id }) => sql`${name(id)} asc nulls last`), sql`row_id asc`]
  return sql`(${partition}order by ${join(keys)}${frame})`
}

/** A value for the rows that have all keys of a group; the others belong to none and get nothing. */
export function whereGrouped({ groups }: OrderedRows, value: Sql): Sql {
  if (groups.length === 0) return value
  return sql`case when ${join(groups.map(({ id }) => sql`${name(id)} is not null`), sql` and `)} then ${value} end`
}

/** Names of columns, for a sentence. */
export function namesOf(columns: readonly Column[]): string {
  return columns.map((column) => column.name).join(', ')
}

/** In which order and within which groups, for a sentence. */
export function orderText({ groups, order }: OrderedRows): string {
  const by = order.length === 0 ? 'in the order of the table' : `ordered by ${namesOf(order)}`
  return groups.length === 0 ? by : `${by} within each ${namesOf(groups)}`
}
