import { number, sql, text as literal, type Sql } from '#core/sql'
import { type DatePart, type DateReading, monthNames } from './date-format.ts'
import { isoMicros } from './iso-micros.ts'
import { farthestMicros, isoOfMicros } from './moment-text.ts'
import { matchesSql } from './text-sql.ts'

/** The moment that a text writes by the first of some readings that fits, as ISO text; null where none does. */
export function momentReader(readings: readonly DateReading[]): (text: string) => string | null {
  const compiled = readings.map(({ pattern, groups }) => ({ pattern: new RegExp(pattern.replace('(?i)', ''), 'iu'), groups }))
  return function readMoment(text) {
    for (const { pattern, groups } of compiled) {
      const found = pattern.exec(text)
      const micros = found === null ? null : microsOf(new Map(groups.map((part, i) => [part, found[i + 1] ?? ''])))
      if (micros !== null && Math.abs(micros) <= farthestMicros) return isoOfMicros(micros)
    }
    return null
  }
}

function microsOf(parts: ReadonlyMap<DatePart, string>): number | null {
  const two = (part: DatePart, other: string): string => (parts.get(part) || other).padStart(2, '0')
  const month = parts.has('monthName') ? String(monthNames.findIndex((name) => name.startsWith((parts.get('monthName') ?? '').slice(0, 3).toLowerCase())) + 1).padStart(2, '0') : two('month', '1')
  const half = parts.get('half')?.toLowerCase()
  const hour = half === undefined ? two('hour', '0') : String((Number(parts.get('halfDayHour')) % 12) + (half === 'pm' ? 12 : 0)).padStart(2, '0')
  const micros = isoMicros(`${parts.get('year')}-${month}-${two('day', '1')}T${hour}:${two('minute', '0')}:${two('second', '0')}.${(parts.get('fraction') || '0').padEnd(6, '0').slice(0, 6)}`)
  return micros === null ? null : micros - offsetMinutes(parts.get('zone') ?? '') * 60_000_000
}

function offsetMinutes(zone: string): number {
  if (zone === '' || zone.toUpperCase() === 'Z') return 0
  const size = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0)
  return zone.startsWith('-') ? -size : size
}

/** SQL of `momentReader`, as a timestamp. */
export function momentSql(text: Sql, readings: readonly DateReading[]): Sql {
  return sql`coalesce(${readings.map((reading) => readSql(text, reading)).reduce((all, next) => sql`${all}, ${next}`)})`
}

function readSql(text: Sql, { pattern, groups }: DateReading): Sql {
  const part = (wanted: DatePart): Sql | null => (groups.includes(wanted) ? sql`regexp_extract(${text}, ${literal(pattern)}, ${number(groups.indexOf(wanted) + 1)})` : null)
  const two = (found: Sql | null, other: string): Sql => (found === null ? sql`${literal(other)}` : sql`lpad(case when ${found} = '' then ${literal(other)} else ${found} end, 2, '0')`)
  const [name, half, fraction, zone] = [part('monthName'), part('half'), part('fraction'), part('zone')]
  const month = name === null ? two(part('month'), '01') : sql`lpad(cast(1 + strpos('janfebmaraprmayjunjulaugsepoctnovdec', lower(substr(${name}, 1, 3))) // 3 as varchar), 2, '0')`
  const hour = half === null ? two(part('hour'), '00') : sql`lpad(cast(cast(${part('halfDayHour') ?? sql`'0'`} as integer) % 12 + case when lower(${half}) = 'pm' then 12 else 0 end as varchar), 2, '0')`
  const micros = fraction === null ? sql`'000000'` : sql`substr(rpad(${fraction}, 6, '0'), 1, 6)`
  const iso = sql`${part('year') ?? sql`''`} || '-' || ${month} || '-' || ${two(part('day'), '01')} || ' ' || ${hour} || ':' || ${two(part('minute'), '00')} || ':' || ${two(part('second'), '00')} || '.' || ${micros}`
  const local = sql`try_cast(${iso} as timestamp)`
  const moment = zone === null ? local : sql`(${local} - to_minutes(${offsetSql(zone)}))`
  return sql`case when ${matchesSql(text, pattern)} and epoch_us(${moment}) between ${number(-farthestMicros)} and ${number(farthestMicros)} then ${moment} end`
}

function offsetSql(zone: Sql): Sql {
  const digits = sql`rpad(replace(substr(${zone}, 2), ':', ''), 4, '0')`
  const size = sql`cast(substr(${digits}, 1, 2) as integer) * 60 + cast(substr(${digits}, 3, 2) as integer)`
  return sql`case when ${zone} = '' or upper(${zone}) = 'Z' then 0 when substr(${zone}, 1, 1) = '-' then -(${size}) else ${size} end`
}
