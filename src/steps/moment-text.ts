import { accept, refuse, type Result } from '#core/errors'
import type { Column } from '#core/dataset'
import { name, number, sql, type Sql } from '#core/sql'
import { isoMicros, microsADay } from './iso-micros.ts'
import type { FitSource } from './step-type.ts'
import { matchesSql } from './text-sql.ts'

const isoPattern = '^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,6})?)?)?$'
const iso = new RegExp(isoPattern, 'u')
/** The moments that pandas knows, about the years 1677 to 2262. */
export const farthestMicros = 9_223_372_036_854_000

/** A text as the moment that it writes by ISO 8601; anything else is missing. */
export function momentOfText(text: string): string | null {
  const micros = iso.test(text) ? isoMicros(text) : null
  if (micros === null || Math.abs(micros) > farthestMicros) return null
  return isoOfMicros(micros)
}

/** Microseconds since 1970 as ISO text, with six digits of a fraction where there is one. */
export function isoOfMicros(micros: number): string {
  const day = Math.floor(micros / microsADay)
  const rest = micros - day * microsADay
  const time = new Date(Math.floor(rest / 1000)).toISOString().slice(11, 19)
  const fraction = rest % 1_000_000 === 0 ? '' : `.${String(rest % 1_000_000).padStart(6, '0')}`
  return `${new Date(day * 86_400_000).toISOString().slice(0, 10)}T${time}${fraction}`
}

/** SQL of `momentOfText`. */
export function momentOfTextSql(text: Sql): Sql {
  const moment = sql`try_cast(${text} as timestamp)`
  return sql`case when ${matchesSql(text, isoPattern)} and epoch_us(${moment}) between ${number(-farthestMicros)} and ${number(farthestMicros)} then ${moment} end`
}

/** How exactly a text writes a moment; pandas takes the first one's way for that of all. */
const wayPattern = (length: number): string => ['^[0-9-]{10}$', '^[0-9-]{10}T[0-9:]{5}$', '^[0-9-]{10} [0-9:]{5}$', '^[0-9-]{10}T[0-9:]{8}$', '^[0-9-]{10} [0-9:]{8}$', '^[0-9-]{10}T[0-9:]{8}[.]', '^[0-9-]{10} [0-9:]{8}[.]'][length] ?? ''

/** Refuses a column of texts that do not all write their dates one way, or not by ISO 8601: which is day and which is month would be a guess. */
export async function refuseOtherDates(column: Column, source: FitSource): Promise<Result<null>> {
  const cell = name(column.id)
  const way = Array.from({ length: 7 }, (_, i) => sql`when ${matchesSql(cell, wayPattern(i))} then ${number(i)}`).reduce((all, next) => sql`${all} ${next}`)
  const [found] = await source.data.query(sql`select count(distinct case ${way} end) as ways, min_by(${cell}, row_id) as first from (${source.rows}) t where ${momentOfTextSql(cell)} is not null`, source)
  const [any] = await source.data.query(sql`select min_by(${cell}, row_id) as first from (${source.rows}) t where ${cell} is not null`, source)
  if ((any?.first ?? null) === null) return accept(null)
  if (any?.first !== found?.first) return refuse('CUSTOM_REFUSED', `"${column.name}" begins with ${JSON.stringify(any?.first)}, which is no date as 2024-02-29 or 2024-02-29 12:30:00.`)
  return Number(found?.ways ?? 0) <= 1 ? accept(null) : refuse('CUSTOM_REFUSED', `"${column.name}" writes dates in several ways, of which one would be read and the others lost.`)
}
