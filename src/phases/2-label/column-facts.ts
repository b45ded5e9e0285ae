import type { Column, ColumnProfile, Table } from '#core/dataset'
import type { Cancellable, Cell, DataEngine } from '#core/ports'
import { name, sql } from '#core/sql'
import type { ColumnFacts } from './schema.ts'

/** More values than this are no classes. */
export const mostClasses = 100
const columnsAtOnce = 25

/** Facts of every column out of its profile, and the rows of each value where these are few. */
export async function measureColumnFacts(table: Table, profiles: readonly ColumnProfile[], tools: Cancellable & { readonly data: DataEngine }): Promise<ColumnFacts[]> {
  const byId = new Map(profiles.map((profile) => [profile.id, profile]))
  const few = table.columns.filter((column) => (byId.get(column.id)?.distinct ?? 0) <= mostClasses && isCountable(column))
  const classes = new Map<string, { cell: Cell; rows: number }[]>(few.map((column) => [column.id, []]))
  for (const kind of ['text', 'boolean', 'integer', 'number'] as const) {
    const alike = few.filter((column) => column.type === kind)
    for (let from = 0; from < alike.length; from += columnsAtOnce) {
      const parts = alike.slice(from, from + columnsAtOnce).map(({ id }) => sql`select ${id} as id, ${name(id)} as value, count(*) as rows from t where ${name(id)} is not null group by 2`)
      const query = parts.reduce((all, part) => sql`${all} union all ${part}`)
      for (const row of await tools.data.query(query, { tables: { t: table.hash }, signal: tools.signal })) {
        classes.get(String(row.id))?.push({ cell: row.value ?? null, rows: Number(row.rows) })
      }
    }
  }
  return table.columns.map((column) => factsOf(column, byId.get(column.id), classes.get(column.id)))
}

function isCountable(column: Column): boolean {
  return column.type !== 'date' && column.type !== 'timestamp'
}

function factsOf(column: Column, profile: ColumnProfile | undefined, counted: readonly { cell: Cell; rows: number }[] | undefined): ColumnFacts {
  const classes = counted?.map(({ cell, rows }) => ({ value: String(cell), rows, cell })).sort((a, b) => compareCells(a.cell, b.cell))
  const whole = column.type === 'integer' || (column.type === 'number' && classes !== undefined && classes.every(({ cell }) => Number.isInteger(cell)))
  return {
    id: column.id, name: column.name, type: column.type,
    missing: profile?.missing ?? 0, distinct: profile?.distinct ?? 0,
    min: profile?.numeric?.min ?? null, max: profile?.numeric?.max ?? null, whole,
    classes: classes?.map(({ value, rows }) => ({ value, rows })) ?? null,
  }
}

/** Numbers by value, texts by code unit. */
function compareCells(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [one, other] = [String(a), String(b)]
  return one < other ? -1 : one > other ? 1 : 0
}
