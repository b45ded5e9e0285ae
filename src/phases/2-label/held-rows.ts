import type { Column, Table } from '#core/dataset'
import type { Hash } from '#core/hash'
import type { Split } from '#core/outcomes'
import { join, name, sql, type Sql } from '#core/sql'
import type { HeldRows } from '#phases/phase'

/** A query over tables that it brings along. */
export interface BoundQuery {
  readonly query: Sql
  readonly tables: Readonly<Record<string, Hash>>
}

/** The marks of a retrain: what the parent sealed stays sealed, whatever the rule of the split would seal. */
export function holdMarks(marks: Sql, held: HeldRows, { raw, split }: { raw: Table; split: Split }): BoundQuery {
  if (held.marked !== null) {
    const query = sql`select m.row_id as row_id, m.group_id as group_id, coalesce(h.${name(held.marked.sealed)}, false) as is_sealed
      from (${marks}) m left join held h on m.row_id = h.row_id`
    return { query, tables: { held: held.marked.table } }
  }
  const known = knownRows(raw, held)
  if (known === null) return { query: marks, tables: {} }
  const both = sql`select m.row_id as row_id, m.group_id as group_id, (m.is_sealed or k.row_id is not null) as is_sealed
    from (${marks}) m left join (${known.query}) k on m.row_id = k.row_id`
  if (split.kind !== 'group') return { query: both, tables: known.tables }
  // Of a group of which one row is sealed, no row may be learnt from.
  const whole = sql`select row_id, group_id, max(case when is_sealed then 1 else 0 end) over (partition by group_id) = 1 as is_sealed from (${both}) b`
  return { query: whole, tables: known.tables }
}

/** The rows of the raw table that equal, in all columns that both tables have, a row that an earlier run sealed. */
export function knownRows(raw: Table, { earlier }: HeldRows): BoundQuery | null {
  const parts = earlier.map((one, i) => equalRows(raw, one, i)).filter((part) => part !== null)
  if (parts.length === 0) return null
  const tables = Object.assign({ raw: raw.hash }, ...parts.map((part) => part.tables))
  return { query: sql`select distinct row_id from (${join(parts.map(({ query }) => query), sql` union all `)}) e`, tables }
}

function equalRows(raw: Table, { raw: table, marked, sealed }: HeldRows['earlier'][number], i: number): BoundQuery | null {
  const shared = raw.columns.flatMap((column) => {
    const other = table.columns.find((candidate) => candidate.name === column.name)
    return other === undefined ? [] : [{ column, other }]
  })
  if (shared.length === 0) return null
  const key = (place: number): Sql => name(`k${place}`)
  const keys = join(shared.map((_, place) => key(place)))
  const [before, marks] = [name(`earlier${i}`), name(`marked${i}`)]
  const own = join(shared.map(({ column, other }, place) => sql`${comparable(column, other)} as ${key(place)}`))
  const theirs = join(shared.map(({ column, other }, place) => sql`${comparable(other, column)} as ${key(place)}`))
  // Grouping holds two missing values for equal, which a join would not.
  const all = sql`select row_id, 0 as is_earlier, ${own} from raw union all
    select -1 as row_id, 1 as is_earlier, ${theirs} from ${before} where row_id in (select row_id from ${marks} where ${name(sealed)})`
  const found = sql`select row_id, max(is_earlier) over (partition by ${keys}) as is_known from (${all}) u`
  return { query: sql`select row_id from (${found}) f where row_id >= 0 and is_known = 1`, tables: { [`earlier${i}`]: table.hash, [`marked${i}`]: marked } }
}

/** A cell in a type that both columns can be compared in. */
function comparable(column: Column, other: Column): Sql {
  const cell = name(column.id)
  if (column.type === other.type) return cell
  const numeric = (type: Column['type']) => type === 'number' || type === 'integer'
  if (numeric(column.type) && numeric(other.type)) return sql`cast(${cell} as double)`
  // Text beside a number: only what reads as that number can equal it.
  if (numeric(column.type) || numeric(other.type)) return sql`try_cast(${cell} as double)`
  return sql`cast(${cell} as varchar)`
}
