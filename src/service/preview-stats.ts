import type { Column } from '#core/dataset'
import type { Cell } from '#core/ports'
import { join, name, sql, type Sql } from '#core/sql'
import { changedSql, joined } from '#steps/step-effect'
import type { ColumnStatsAnswer } from '#wire/preprocessor-preview'

/** Asks over the rows before a step, `b`, and after it, `a`. */
export type Ask = (query: Sql) => Promise<Record<string, Cell>[]>

const shownValues = 5
const shownCharacters = 60

const isNumeric = ({ type }: Column): boolean => type === 'number' || type === 'integer'

/** A column on one side of a step. */
export interface SideColumn {
  readonly side: 'b' | 'a'
  readonly column: Column
}

/** A column on both sides of a step, whose changes are shown as texts. */
export interface ChangedColumn {
  readonly before: Column
  readonly after: Column
}

/** Figures of columns in two queries, one for the numbers and one for the texts, in the order of the columns. */
export async function columnFigures(columns: readonly SideColumn[], changed: readonly ChangedColumn[], ask: Ask): Promise<ColumnFigures> {
  const [stats, texts] = [await numbersOf(columns, ask), await textsOf(columns, changed, ask)]
  return {
    stats: columns.map(({ column }, i) => (isNumeric(column) ? stats(i) : { ...stats(i), top_values: texts('top', i).map(({ now, count }): [string, number] => [now ?? '', count]) })),
    changes: changed.map((_, i) => texts('change', i).map(({ old, now, count }) => ({ before: old, after: now, count }))),
  }
}

export interface ColumnFigures {
  readonly stats: readonly ColumnStatsAnswer[]
  readonly changes: ReadonlyArray<{ before: string | null; after: string | null; count: number }[]>
}

async function numbersOf(columns: readonly SideColumn[], ask: Ask): Promise<(place: number) => ColumnStatsAnswer> {
  const sides = (['b', 'a'] as const).flatMap((side) => {
    const list = columns.flatMap((one, i) => (one.side === side ? [statsList(one.column, i)] : []))
    return list.length === 0 ? [] : [sql`(select ${join(list)} from ${name(side)}) ${name(`${side}_stats`)}`]
  })
  const [found] = sides.length === 0 ? [] : await ask(sql`select * from ${join(sides)}`)
  const number = (key: string): number | null => {
    const cell = found?.[key] ?? null
    // An average adds in the order that threads happen to finish; its last digits are not shown.
    return typeof cell === 'number' ? Number(cell.toPrecision(12)) : null
  }
  return (i) => ({ mean: number(`mean${i}`), nulls: number(`nulls${i}`) ?? 0, min: number(`min${i}`), max: number(`max${i}`), unique: number(`unique${i}`) ?? 0 })
}

function statsList(column: Column, i: number): Sql {
  const value = name(column.id)
  const counts = sql`count(*) - count(${value}) as ${name(`nulls${i}`)}, count(distinct ${value}) as ${name(`unique${i}`)}`
  if (!isNumeric(column)) return counts
  return sql`${counts}, avg(${value}) as ${name(`mean${i}`)}, min(${value}) as ${name(`min${i}`)}, max(${value}) as ${name(`max${i}`)}`
}

interface TextCount {
  readonly old: string | null
  readonly now: string | null
  readonly count: number
}

/** The most frequent values of texts on their side, and the most frequent changes. */
async function textsOf(columns: readonly SideColumn[], changed: readonly ChangedColumn[], ask: Ask): Promise<(kind: 'top' | 'change', place: number) => TextCount[]> {
  const tops = columns.flatMap(({ side, column }, i) => {
    if (isNumeric(column)) return []
    const value = sql`cast(${name(column.id)} as varchar)`
    return [sql`select * from (select 'top' as kind, ${i} as place, cast(null as varchar) as old, ${value} as now, count(*) as count from ${name(side)} where ${name(column.id)} is not null group by ${value} order by count desc, now limit ${shownValues}) p`]
  })
  const changes = changed.map((pair, i) => {
    const [old, now] = [sql`cast(b.${name(pair.before.id)} as varchar)`, sql`cast(a.${name(pair.after.id)} as varchar)`]
    return sql`select * from (select 'change' as kind, ${i} as place, ${old} as old, ${now} as now, count(*) as count from ${joined} where ${changedSql(pair)} group by ${old}, ${now} order by count desc, old, now limit ${shownValues}) p`
  })
  const parts = [...tops, ...changes]
  const found = parts.length === 0 ? [] : await ask(sql`select * from (${join(parts, sql` union all `)}) u order by kind, place, count desc, old, now`)
  const groups = Map.groupBy(found, ({ kind, place }) => `${kind}:${place}`)
  return (kind, place) => (groups.get(`${kind}:${place}`) ?? []).map((row) => ({ old: shortText(row.old ?? null), now: shortText(row.now ?? null), count: Number(row.count) }))
}

function shortText(cell: Cell): string | null {
  if (cell === null) return null
  const characters = [...String(cell)]
  return characters.length <= shownCharacters ? String(cell) : `${characters.slice(0, shownCharacters - 1).join('')}…`
}
