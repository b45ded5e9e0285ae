import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { name, sql } from '#core/sql'
import { type DateReading, dateReading, guessDateFormat, isoReadings, nearlyDate } from './date-format.ts'
import type { FitSource } from './step-type.ts'
import { momentSql } from './text-moment.ts'

/** The share of the texts of a column, and of its first ones, that must be dates where the column is one of dates. */
const leastShare = 0.8
const firstTexts = 500

/** How a column with that format is read: by the format, and what it misses by ISO 8601. */
export function readingsOf(format: string): readonly DateReading[] {
  return [dateReading(format), ...isoReadings]
}

/** Of the columns that write dates, the format of each, as the package finds it: that of the first text, where most follow it. */
export async function textFormats(columns: readonly Column[], source: FitSource): Promise<Result<Record<string, string>>> {
  const formats: Record<string, string> = {}
  for (const column of columns) {
    const cell = name(column.id)
    const [found] = await source.data.query(sql`select min_by(${cell}, row_id) filter (where ${cell} is not null) as first from (${source.rows}) t`, source)
    const first = found?.first ?? null
    if (first === null) continue
    const format = guessDateFormat(String(first))
    if (format === null && nearlyDate.test(String(first))) {
      return refuse('CUSTOM_REFUSED', `"${column.name}" begins with ${JSON.stringify(first)}, which writes no date that is read: those are written like 2024-02-29, 29.02.2024, 02/29/2024, 29 Feb 2024 or February 29, 2024, with a time as 13:05 or 1:05 PM.`)
    }
    if (format !== null && (await isMostlyDates(column, format, source))) formats[column.id] = format
  }
  return accept(formats)
}

async function isMostlyDates(column: Column, format: string, source: FitSource): Promise<boolean> {
  const cell = name(column.id)
  const texts = sql`select ${cell} as cell, row_number() over (order by row_id) as place from (${source.rows}) t where ${cell} is not null`
  const isDate = sql`${momentSql(sql`cell`, readingsOf(format))} is not null`
  const query = sql`select count(*) as texts, count(*) filter (where ${isDate}) as dates, count(*) filter (where place <= ${firstTexts}) as first_texts, count(*) filter (where place <= ${firstTexts} and ${isDate}) as first_dates from (${texts}) t`
  const [counted] = await source.data.query(query, source)
  const number = (key: string): number => Number(counted?.[key] ?? 0)
  return number('dates') >= leastShare * number('texts') && number('first_dates') >= leastShare * number('first_texts')
}
