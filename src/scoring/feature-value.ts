import type { ColumnType } from '#core/dataset'
import type { Cell } from '#core/ports'

const isoTime =
  /^\s*([+-]?\d{4,6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(?:Z|\+00:?00)?\s*$/u
const microsADay = 86_400_000_000

/** A cell as the model reads it: text stays, everything else becomes a number as in the batch path; null is missing. */
export function featureValue(cell: Cell, type: ColumnType): number | string | null {
  if (cell === null) return null
  if (type === 'text') return String(cell)
  if (type === 'date' || type === 'timestamp') return timeNumber(cell, type)
  if (typeof cell === 'string') return textNumber(cell, type)
  const number = Number(cell)
  return Number.isFinite(number) ? number : null
}

function textNumber(cell: string, type: ColumnType): number | null {
  const text = cell.trim()
  if (type === 'boolean' && /^(true|false)$/iu.test(text)) return text.toLowerCase() === 'true' ? 1 : 0
  const number = text === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : null
}

/** Days since 1970 of a date, seconds of a timestamp; numbers are taken to be that already. */
function timeNumber(cell: string | number | boolean, type: 'date' | 'timestamp'): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null
  const micros = typeof cell === 'string' ? microsOf(cell) : null
  if (micros === null) return null
  return type === 'date' ? Math.floor(micros / microsADay) : micros / 1e6
}

function microsOf(text: string): number | null {
  const found = isoTime.exec(text)
  if (found === null) return null
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const time = new Date(0)
  time.setUTCFullYear(year, month - 1, day)
  time.setUTCHours(hour, minute, second)
  // A day that does not exist rolls over into another month, and is no date.
  if (time.getUTCMonth() !== month - 1 || time.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return null
  return time.getTime() * 1000 + Number((found[7] ?? '').padEnd(6, '0').slice(0, 6))
}
