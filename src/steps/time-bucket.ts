import type { Column } from '#core/dataset'
import type { Cell } from '#core/ports'
import { name, number, sql, type Sql } from '#core/sql'
import { cellNumber } from './cell-number.ts'
import { microsADay } from './iso-micros.ts'

/** The lengths of calendar time that rows are put together by. */
export type TimeUnit = 'h' | 'D' | 'W' | 'M' | 'Q' | 'Y'

const written: Readonly<Record<TimeUnit, readonly string[]>> = {
  h: ['h', 'H', 'hour'],
  D: ['D', 'd', 'day'],
  W: ['W', 'w', 'week'],
  M: ['M', 'MS', 'ME', 'month'],
  Q: ['Q', 'QS', 'QE', 'quarter'],
  Y: ['Y', 'YS', 'YE', 'A', 'AS', 'year'],
}
export const timeUnits = Object.keys(written) as TimeUnit[]

/** The unit by any of its names. */
export function readTimeUnit(text: string): TimeUnit | null {
  return timeUnits.find((unit) => written[unit].includes(text.trim())) ?? null
}

const microsAnHour = 3_600_000_000

/** The number of the bucket that a date falls into: hours, days, or weeks from Monday on since 1970; months, quarters or years of our calendar. */
export function timeBucketSql(column: Column, unit: TimeUnit): Sql {
  const cell = name(column.id)
  const micros = sql`epoch_us(cast(${cell} as timestamp))`
  const [year, month] = [sql`extract(year from ${cell})`, sql`extract(month from ${cell})`]
  if (unit === 'h' || unit === 'D') return sql`cast(floor(${micros} / ${number(unit === 'h' ? microsAnHour : microsADay)}e0) as bigint)`
  if (unit === 'W') return sql`cast(floor((floor(${micros} / ${number(microsADay)}e0) + 3) / 7e0) as bigint)`
  if (unit === 'M') return sql`cast(${year} * 12 + ${month} - 1 as bigint)`
  if (unit === 'Q') return sql`cast(${year} * 4 + floor((${month} - 1) / 3e0) as bigint)`
  return sql`cast(${year} as bigint)`
}

/** The same of a cell. */
export function timeBucketOf(cell: Cell, column: Column, unit: TimeUnit): number | null {
  const isDate = column.type === 'date'
  const time = cellNumber(cell, isDate ? 'date' : 'timestamp')
  if (time === null) return null
  const micros = Math.round(time * (isDate ? microsADay : 1e6))
  const day = Math.floor(micros / microsADay)
  if (unit === 'h') return Math.floor(micros / microsAnHour)
  if (unit === 'D') return day
  if (unit === 'W') return Math.floor((day + 3) / 7)
  const date = new Date(day * 86_400_000)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  return unit === 'M' ? year * 12 + month : unit === 'Q' ? year * 4 + Math.floor(month / 3) : year
}
