import type { Column, ColumnType, Table } from '#core/dataset'
import { findColumn } from '#core/find-column'
import type { DataEngine } from '#core/ports'
import { join, name, sql, type Sql } from '#core/sql'

/** A column of a new table that takes the place of one that decisions were made about. */
export interface CarriedColumn {
  readonly from: Column
  readonly to: Column
  /** Over the new table. */
  readonly expression: Sql
  /** Said where it holds something else now. */
  readonly changed: string | null
}

interface Pair {
  readonly before: Column
  readonly from: Column
}

/** Finds the old columns in a new table by name; each keeps its old type where every value of it can be read so. */
export async function carryOver(data: DataEngine, before: Table, table: Table): Promise<CarriedColumn[]> {
  const pairs = before.columns.flatMap((column): Pair[] => {
    const from = findColumn(table.columns, column.name)
    return from === undefined ? [] : [{ before: column, from }]
  })
  const lost = await countLost(data, table, pairs.filter(({ before: old, from }) => old.type !== from.type))
  return pairs.map((pair) => carried(pair, lost.get(pair.before.id) ?? 0))
}

function carried({ before, from }: Pair, lost: number): CarriedColumn {
  const type = lost === 0 ? before.type : from.type
  const to: Column = { id: before.id, name: before.name, type }
  const expression = type === from.type ? name(from.id) : castSql(from, type)
  // A whole number that now has a fraction is a number all the same.
  const widened = before.type === 'integer' && type === 'number'
  const changed = type === before.type || widened ? null : `"${before.name}" held ${words[before.type]} in the parent run and holds ${words[type]} now; ${lost.toLocaleString('en-US')} of its values cannot be read as before.`
  return { from, to, expression, changed }
}

const words: Readonly<Record<ColumnType, string>> = { number: 'numbers', integer: 'whole numbers', text: 'text', boolean: 'true and false', date: 'dates', timestamp: 'times' }

const sqlTypes: Readonly<Record<ColumnType, Sql>> = {
  number: sql`double`,
  integer: sql`bigint`,
  text: sql`varchar`,
  boolean: sql`boolean`,
  date: sql`date`,
  timestamp: sql`timestamp`,
}

function castSql(from: Column, type: ColumnType): Sql {
  return sql`try_cast(${name(from.id)} as ${sqlTypes[type]})`
}

/** How many values of each column are not the same in its old type. */
async function countLost(data: DataEngine, table: Table, pairs: readonly Pair[]): Promise<Map<string, number>> {
  if (pairs.length === 0) return new Map()
  const counts = pairs.map(({ before, from }) => {
    const [cell, cast] = [name(from.id), castSql(from, before.type)]
    const differs = from.type === 'number' && before.type === 'integer' ? sql`${cast} <> ${cell}` : sql`false`
    return sql`sum(case when ${cell} is not null and (${cast} is null or ${differs}) then 1 else 0 end) as ${name(before.id)}`
  })
  const [row] = await data.query(sql`select ${join(counts)} from t`, { tables: { t: table.hash }, signal: new AbortController().signal })
  return new Map(pairs.map(({ before }) => [before.id, Number(row?.[before.id] ?? 0)]))
}
