import type { Column } from '#core/dataset'
import { nameParts } from '#core/query-tokens'
import { join, name, number, sql } from '#core/sql'
import { counted, percent, profiledColumns, type Look, type Profiled } from './finding.ts'
import type { Issue } from './issue.ts'
import type { Told } from './told.ts'

const [firstYear, lastYear] = [1800, 2100]
/** More values outside the range than this share: no years. */
const rareYears = 0.01
const fewestRows = 30
const yearWords = new Set(['year', 'years', 'yr', 'yrs', 'yyyy', 'built'])
const mostValues = 20
const mostColumns = 12

/** Columns of years: whole numbers nearly all between 1800 and 2100, by their name or by having many of them. */
export function yearColumns(look: Look): Profiled[] {
  return profiledColumns(look).filter(({ column, facts }) => {
    const [low = 0, high = 0] = [facts.numeric?.quantiles[1], facts.numeric?.quantiles[5]]
    if (column.type !== 'integer' || facts.distinct < 2 || look.table.rows - facts.missing < fewestRows || low < firstYear || high > lastYear) return false
    return nameParts(column.name).some((word) => yearWords.has(word)) || (facts.distinct > 5 && facts.numeric !== null && facts.numeric.min >= firstYear && facts.numeric.max <= lastYear && high - low <= 150)
  })
}

/** Years that nobody can have meant. */
export async function checkImpossibleYears(look: Look, years: readonly Profiled[]): Promise<Told[]> {
  const outside = years.filter(({ facts }) => facts.numeric !== null && (facts.numeric.min < firstYear || facts.numeric.max > lastYear))
  const told = await Promise.all(outside.map(async ({ column, facts }): Promise<Told[]> => {
    const cell = name(column.id)
    const query = sql`select ${cell} as value, count(*) as n, min(row_id) as first from t where ${cell} < ${number(firstYear)} or ${cell} > ${number(lastYear)} group by 1 order by 1 limit ${number(mostValues + 1)}`
    const found = (await look.data.query(query, { tables: { t: look.table.hash }, signal: look.signal })).map((row) => ({ value: Number(row.value), rows: Number(row.n), first: Number(row.first) }))
    const rows = found.reduce((sum, one) => sum + one.rows, 0)
    if (found.length > mostValues || rows > Math.max(1, (look.table.rows - facts.missing) * rareYears)) return []
    const shown = found.slice(0, 3).map(({ value }) => value).join(', ')
    const title = `Years of ${column.name} outside ${firstYear} to ${lastYear} mean missing`
    const step = { type: 'NullTokensTransformer', columns: [column.name], params: { tokens: [], values: found.map(({ value }) => value) }, description: title }
    return [{
      issue: {
        code: 'impossible_year', column: column.name, columns: [column.name], severity: 'warn', count: rows, step, safe: true,
        detail: `"${column.name}" holds years, but ${shown} on ${counted(rows, 'row')}: outside ${firstYear} to ${lastYear}, so rather an error of typing.`,
        examples: found.slice(0, 3).map(({ value, first }) => ({ row: first, column: column.name, before: value, after: null })),
      },
      column, title, stage: 'placeholder', recommended: true, share: rows / look.table.rows, risks: [],
    }]
  }))
  return told.flat()
}

interface Pair {
  readonly later: Column
  readonly earlier: Column
}

/** Years or dates that stand in an order on all but a few rows; these are rather errors. */
export async function checkTimeOrder(look: Look, years: readonly Profiled[]): Promise<Issue[]> {
  const dates = profiledColumns(look).filter(({ column }) => column.type === 'date' || column.type === 'timestamp')
  const groups: Profiled[][] = [years.slice(0, mostColumns), dates.filter(({ column }) => column.type === 'date').slice(0, mostColumns), dates.filter(({ column }) => column.type === 'timestamp').slice(0, mostColumns)]
  const pairs = groups.flatMap((group) => group.flatMap((a) => group.filter((b) => a !== b && a.column.id !== look.target && b.column.id !== look.target).map((b): Pair => ({ later: a.column, earlier: b.column }))))
  if (pairs.length === 0) return []
  const inBand = (column: Column) => (column.type === 'integer' ? sql`${name(column.id)} between ${number(firstYear)} and ${number(lastYear)}` : sql`${name(column.id)} is not null`)
  const parts = pairs.map(({ later, earlier }, i) => {
    const [a, b] = [name(later.id), name(earlier.id)]
    const both = sql`${inBand(later)} and ${inBand(earlier)}`
    return sql`sum(case when ${both} then 1 else 0 end) as ${name(`both_${i}`)}, sum(case when ${both} and ${a} > ${b} then 1 else 0 end) as ${name(`after_${i}`)},
      sum(case when ${both} and ${a} < ${b} then 1 else 0 end) as ${name(`before_${i}`)}`
  })
  const [row] = await look.data.query(sql`select ${join(parts)} from t`, { tables: { t: look.table.hash }, signal: look.signal })
  const broken = pairs.flatMap((pair, i) => {
    const [both, after, before] = [Number(row?.[`both_${i}`] ?? 0), Number(row?.[`after_${i}`] ?? 0), Number(row?.[`before_${i}`] ?? 0)]
    return both >= fewestRows && before > 0 && before <= both * 0.01 && after > both * 0.05 ? [{ pair, both, before }] : []
  })
  return Promise.all(broken.map((one) => orderIssue(look, one)))
}

async function orderIssue(look: Look, { pair: { later, earlier }, both, before }: { pair: Pair; both: number; before: number }): Promise<Issue> {
  const [a, b] = [name(later.id), name(earlier.id)]
  const within = later.type === 'integer' ? sql` and ${a} >= ${number(firstYear)} and ${b} <= ${number(lastYear)}` : sql``
  const rows = await look.data.query(sql`select row_id, ${a} as later, ${b} as earlier from t where ${a} < ${b}${within} order by row_id limit 3`, { tables: { t: look.table.hash }, signal: look.signal })
  const kind = later.type === 'integer' ? 'year' : 'time'
  return {
    code: 'year_order_violation', column: later.name, columns: [later.name, earlier.name], severity: 'info', count: before, safe: false,
    detail: `The ${kind} "${later.name}" is not before "${earlier.name}" on ${percent(1 - before / both)} of ${counted(both, 'row')}, and before it on ${counted(before, 'row')}: rather errors, to be corrected or left out of training.`,
    examples: rows.flatMap((row) => [
      { row: Number(row.row_id), column: later.name, before: row.later ?? null },
      { row: Number(row.row_id), column: earlier.name, before: row.earlier ?? null },
    ]),
  }
}
