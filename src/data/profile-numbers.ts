import type { Column, ColumnProfile } from '#core/dataset'
import { name } from '#core/sql'
import { sqlText } from '#core/sql'
import { isoDate, isoTimestamp } from './iso-text.ts'
import { storedType } from './stored-type.ts'
import { numberExpression } from './number-expression.ts'
import { NumberSummary } from './number-summary.ts'
import type { NumberRange } from './number-summary.ts'
import type { Session } from './session.ts'
import { vectorNumbers } from './vector-numbers.ts'

interface Ranged extends NumberRange {
  readonly missing: number
}

/** Profiles of numbers, dates and times: the database counts equal values and sorts them, the rest is summed here. */
export async function profileNumbers(session: Session, columns: readonly Column[]): Promise<ColumnProfile[]> {
  const ranges = await readRanges(session, columns)
  const summaries = ranges.map((range) => new NumberSummary(range))
  const answer = await session.stream({ parts: [countsQuery(columns)], values: [] })
  for await (const chunk of answer.chunks) {
    const [places, values, counts] = [vectorNumbers(chunk, 0), vectorNumbers(chunk, 1), vectorNumbers(chunk, 2)]
    for (let i = 0; i < chunk.rowCount; i += 1) summaries[places[i] ?? -1]?.add(values[i] ?? 0, counts[i] ?? 0)
  }
  return columns.map((column, i) => profileOf(column, ranges[i], summaries[i]))
}

function numberOf(column: Column): string {
  return sqlText(numberExpression(name(column.id), storedType[column.type]))
}

async function readRanges(session: Session, columns: readonly Column[]): Promise<Ranged[]> {
  const counts = columns.map((column) => {
    const value = numberOf(column)
    return `count(*), count(${value}), coalesce(min(${value}), 0e0), coalesce(max(${value}), 0e0)`
  })
  const answer = await session.stream({ parts: [`SELECT ${counts.join(', ')} FROM picked`], values: [] })
  const found: number[] = []
  for await (const chunk of answer.chunks) found.push(...chunk.getRowValues(0).map(Number))
  return columns.map((_, i) => {
    const [rows = 0, count = 0, min = 0, max = 0] = found.slice(i * 4, i * 4 + 4)
    return { missing: rows - count, count, min, max }
  })
}

function countsQuery(columns: readonly Column[]): string {
  const branches = columns.map(
    (column, i) => `SELECT ${i} AS place, ${numberOf(column)} AS value, CAST(count(*) AS DOUBLE) AS times
      FROM picked WHERE ${column.id} IS NOT NULL GROUP BY ${column.id}`,
  )
  return `SELECT place, value, times FROM (${branches.join(' UNION ALL ')}) AS counted ORDER BY place, value`
}

function profileOf(column: Column, range: Ranged | undefined, summary: NumberSummary | undefined): ColumnProfile {
  return {
    id: column.id,
    name: column.name,
    type: column.type,
    missing: range?.missing ?? 0,
    distinct: summary?.distinct ?? 0,
    top: (summary?.top ?? []).map(({ value, count }) => ({ value: valueText(column, value), count })),
    numeric: summary?.result() ?? null,
    text: null,
  }
}

function valueText(column: Column, value: number): string {
  if (column.type === 'date') return isoDate(value)
  if (column.type === 'timestamp') return isoTimestamp(BigInt(Math.round(value * 1e6)))
  return String(value)
}
