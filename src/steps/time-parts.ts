import { name, number, sql, type Sql } from '#core/sql'
import { microsADay } from './iso-micros.ts'

/** A moment as whole days since 1970 and microseconds of its day. */
export interface Moment {
  readonly day: number
  readonly micros: number
}

/** A part of a date: as SQL over a DATE or TIMESTAMP, and of a moment. */
export interface TimePart {
  /** Whether a missing date gives 0 instead of a missing part, as in the package. */
  readonly zeroWhenMissing: boolean
  /** Digits of the part as text; null where it is no part of a cycle. */
  readonly width: number | null
  sql(value: Sql): Sql
  of(moment: Moment): number
}

const microsAnHour = 3_600_000_000
const noYear = new Date(0)

function civil({ day }: Moment): Date {
  return new Date(day * 86_400_000)
}

/** Monday is 0. */
function weekday({ day }: Moment): number {
  return (((day + 3) % 7) + 7) % 7
}

function dayOfYear(moment: Moment): number {
  const first = new Date(noYear)
  first.setUTCFullYear(civil(moment).getUTCFullYear(), 0, 1)
  return moment.day - first.getTime() / 86_400_000 + 1
}

/** The ISO week is that of its Thursday. */
function isoWeek(moment: Moment): number {
  const thursday = { day: moment.day - weekday(moment) + 3, micros: 0 }
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1
}

const hour = (moment: Moment): number => Math.floor(moment.micros / microsAnHour)
const isFirst = (moment: Moment): number => (civil(moment).getUTCDate() === 1 ? 1 : 0)
const field = (part: string) => (value: Sql) => sql`extract(${name(part)} from ${value})`
const flag = (condition: Sql): Sql => sql`case when ${condition} then 1 else 0 end`
const nextDay = (value: Sql): Sql => sql`(cast(${value} as date) + interval '1' day)`

function part(width: number | null, made: { sql: (value: Sql) => Sql; of: (moment: Moment) => number }): TimePart {
  return { zeroWhenMissing: false, width, ...made }
}

/** The calendar parts by the names of the package. */
export const timeParts: Readonly<Record<string, TimePart>> = {
  year: part(4, { sql: field('year'), of: (moment) => civil(moment).getUTCFullYear() }),
  month: part(2, { sql: field('month'), of: (moment) => civil(moment).getUTCMonth() + 1 }),
  day: part(2, { sql: field('day'), of: (moment) => civil(moment).getUTCDate() }),
  hour: part(2, { sql: (value) => field('hour')(sql`cast(${value} as timestamp)`), of: hour }),
  minute: part(2, { sql: (value) => field('minute')(sql`cast(${value} as timestamp)`), of: ({ micros }) => Math.floor(micros / 60_000_000) % 60 }),
  second: part(2, { sql: (value) => sql`cast(floor(${field('second')(sql`cast(${value} as timestamp)`)}) as bigint)`, of: ({ micros }) => Math.floor(micros / 1_000_000) % 60 }),
  dayofweek: part(1, { sql: (value) => sql`(${field('isodow')(value)} - 1)`, of: weekday }),
  dayofyear: part(3, { sql: field('doy'), of: dayOfYear }),
  weekofyear: part(2, { sql: field('week'), of: isoWeek }),
  quarter: part(1, { sql: field('quarter'), of: (moment) => Math.floor(civil(moment).getUTCMonth() / 3) + 1 }),
  is_weekend: { zeroWhenMissing: true, width: null, sql: (value) => flag(sql`${field('isodow')(value)} >= 6`), of: (moment) => (weekday(moment) >= 5 ? 1 : 0) },
  is_month_start: { zeroWhenMissing: true, width: null, sql: (value) => flag(sql`${field('day')(value)} = 1`), of: isFirst },
  is_month_end: { zeroWhenMissing: true, width: null, sql: (value) => flag(sql`${field('day')(nextDay(value))} = 1`), of: ({ day, micros }) => isFirst({ day: day + 1, micros }) },
  hour_of_week: part(3, {
    sql: (value) => sql`((${field('isodow')(value)} - 1) * 24 + ${field('hour')(sql`cast(${value} as timestamp)`)})`,
    of: (moment) => weekday(moment) * 24 + hour(moment),
  }),
  month_index: part(null, { sql: (value) => sql`(${field('year')(value)} * 12 + ${field('month')(value)})`, of: (moment) => civil(moment).getUTCFullYear() * 12 + civil(moment).getUTCMonth() + 1 }),
}

/** Units of the time since an origin, in microseconds. */
export const elapsedParts: Readonly<Record<string, number>> = { elapsed_days: microsADay, elapsed_hours: microsAnHour }

/** Time since the origin, in days or hours: seconds first, as the package reckons. */
export function elapsedSql(value: Sql, { origin, unit }: { origin: number; unit: number }): Sql {
  return sql`(cast(epoch_us(${value}) - ${number(origin)} as double) / 1e6 / ${number(unit / 1e6)})`
}

/** The same of a moment. */
export function elapsedOf({ day, micros }: Moment, { origin, unit }: { origin: number; unit: number }): number {
  const originDay = Math.floor(origin / microsADay)
  return ((day - originDay) * microsADay + (micros - (origin - originDay * microsADay))) / 1e6 / (unit / 1e6)
}
