import type { Column } from '#core/dataset'
import type { Cell } from '#core/ports'
import { name, sql, type Sql } from '#core/sql'
import { cellNumber } from './cell-number.ts'
import { isoMicros, microsADay } from './iso-micros.ts'
import { floatText } from './python-text.ts'

/** From here on doubles are all whole, and are written with an exponent. */
const largestWhole = 1e18

/** A cell as text the way Python reads it out; whole numbers without a fraction, padded with zeros to a width. */
export function cellText(cell: Cell, column: Column, width: number): string | null {
  if (cell === null) return null
  const { type } = column
  if (type === 'text') return String(cell)
  const value = cellNumber(cell, type)
  if (value === null) return null
  if (type === 'boolean') return value === 0 ? 'False' : 'True'
  if (type === 'date' || type === 'timestamp') return momentText(typeof cell === 'string' ? isoMicros(cell) : Math.round(value * (type === 'date' ? microsADay : 1e6)))
  if (!Number.isInteger(value) || Math.abs(value) >= largestWhole) return floatText(value)
  const digits = BigInt(Math.abs(value)).toString().padStart(width, '0')
  return value < 0 ? `-${digits}` : digits
}

function momentText(micros: number | null): string | null {
  if (micros === null) return null
  const day = Math.floor(micros / microsADay)
  const rest = micros - day * microsADay
  const date = new Date(day * 86_400_000).toISOString().slice(0, 10)
  const part = (size: number, of: number): string => String(Math.floor(rest / size) % of).padStart(2, '0')
  const fraction = rest % 1_000_000 === 0 ? '' : `.${String(rest % 1_000_000).padStart(6, '0')}`
  return `${date} ${part(3_600_000_000, 24)}:${part(60_000_000, 60)}:${part(1_000_000, 60)}${fraction}`
}

/** SQL of `cellText`. A double is cast to text by the engine where it is no whole number, which DuckDB does as Python. */
export function cellTextSql(column: Column, width: number): Sql {
  const cell = name(column.id)
  if (column.type === 'text') return cell
  if (column.type === 'boolean') return sql`case when ${cell} then 'True' when not ${cell} then 'False' end`
  if (column.type === 'date') return sql`strftime(${cell}, '%Y-%m-%d 00:00:00')`
  if (column.type === 'timestamp') {
    return sql`case when epoch_us(${cell}) % 1000000 = 0 then strftime(${cell}, '%Y-%m-%d %H:%M:%S') else strftime(${cell}, '%Y-%m-%d %H:%M:%S.%f') end`
  }
  const value = sql`cast(${cell} as double)`
  const whole = wholeDigitsSql(column)
  const padded = width === 0 ? whole : sql`case when length(${whole}) < ${width} then lpad(${whole}, cast(${width} as integer), '0') else ${whole} end`
  return sql`case when ${isWholeSql(column)} then (case when ${value} < 0 then '-' else '' end) || ${padded} when ${cell} is not null then cast(${value} as varchar) end`
}

function isWholeSql(column: Column): Sql {
  const value = sql`cast(${name(column.id)} as double)`
  return sql`(${value} = floor(${value}) and abs(${value}) < 1e18)`
}

/** Digits of a whole number without its sign; null for any other. */
export function wholeDigitsSql(column: Column): Sql {
  return sql`case when ${isWholeSql(column)} then cast(cast(abs(cast(${name(column.id)} as double)) as bigint) as varchar) end`
}
