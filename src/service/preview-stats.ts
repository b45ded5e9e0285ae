import type { Column } from '#core/dataset'
import type { Cell } from '#core/ports'
import { join, name, sql, type Sql } from '#core/sql'
import { overComputedRows } from '#steps/computed-rows'
import { joined } from '#steps/step-effect'
import type { ColumnStatsAnswer } from '#wire/preprocessor-preview'

export type Ask = (query: Sql) => Promise<Record<string, Cell>[]>

const shownValues = 5
const shownCharacters = 60

const isNumeric = ({ type }: Column): boolean => type === 'number' || type === 'integer'

/** Figures of columns over the rows of a query, by id. */
export async function columnStats(columns: readonly Column[], rows: Sql, ask: Ask): Promise<Map<string, ColumnStatsAnswer>> {
  if (columns.length === 0) return new Map()
  const list = columns.map((column, i) => {
    const value = name(column.id)
    const counts = sql`count(*) - count(${value}) as ${name(`nulls${i}`)}, count(distinct ${value}) as ${name(`unique${i}`)}`
    if (!isNumeric(column)) return counts
    return sql`${counts}, avg(${value}) as ${name(`mean${i}`)}, min(${value}) as ${name(`min${i}`)}, max(${value}) as ${name(`max${i}`)}`
  })
  const [found] = await ask(overComputedRows({ q: rows }, sql`select ${join(list)} from q`))
  const number = (key: string): number | null => {
    const cell = found?.[key] ?? null
    // An average adds in the order that threads happen to finish; its last digits are not shown.
    return typeof cell === 'number' ? Number(cell.toPrecision(12)) : null
  }
  const stats = new Map<string, ColumnStatsAnswer>()
  const tops = await topValues(columns.filter((column) => !isNumeric(column)), rows, ask)
  for (const [i, column] of columns.entries()) {
    const base = { mean: number(`mean${i}`), nulls: number(`nulls${i}`) ?? 0, min: number(`min${i}`), max: number(`max${i}`), unique: number(`unique${i}`) ?? 0 }
    stats.set(column.id, isNumeric(column) ? base : { ...base, top_values: tops.get(column.id) ?? [] })
  }
  return stats
}

/** The most frequent values of each column as text, in one query: the rows behind it are worked out once. */
async function topValues(columns: readonly Column[], rows: Sql, ask: Ask): Promise<Map<string, [string, number][]>> {
  if (columns.length === 0) return new Map()
  const parts = columns.map(({ id }, i) => {
    const value = sql`cast(${name(id)} as varchar)`
    return sql`select * from (select ${i} as place, ${value} as text, count(*) as count from q where ${name(id)} is not null group by ${value} order by count desc, text limit ${shownValues}) p`
  })
  const found = await ask(overComputedRows({ q: rows }, sql`select * from (${join(parts, sql` union all `)}) u order by place, count desc, text`))
  const ofColumn = (place: number) => found.filter((row) => row.place === place).map(({ text, count }): [string, number] => [shortText(text ?? null) ?? '', Number(count)])
  return new Map(columns.map(({ id }, i) => [id, ofColumn(i)]))
}

/** The most frequent changes of a column, as texts; `changed` is the condition on the joined sides. */
export async function topChanges({ before, after }: { before: Column; after: Column }, { b, a, changed }: { b: Sql; a: Sql; changed: Sql }, ask: Ask) {
  const [old, now] = [sql`cast(b.${name(before.id)} as varchar)`, sql`cast(a.${name(after.id)} as varchar)`]
  const query = sql`select ${old} as old, ${now} as now, count(*) as count from ${joined} where ${changed} group by ${old}, ${now} order by count desc, old, now limit ${shownValues}`
  const found = await ask(overComputedRows({ b, a }, query))
  return found.map((row) => ({ before: shortText(row.old ?? null), after: shortText(row.now ?? null), count: Number(row.count) }))
}

function shortText(cell: Cell): string | null {
  if (cell === null) return null
  const characters = [...String(cell)]
  return characters.length <= shownCharacters ? String(cell) : `${characters.slice(0, shownCharacters - 1).join('')}…`
}
