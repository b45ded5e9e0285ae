import type { ColumnType } from '#core/dataset'
import type { Cell } from '#core/ports'
import { isoMicros, microsADay } from './iso-micros.ts'

/** A cell of a column that is no text as the number that the batch path reads: days of a date, seconds of a timestamp. */
export function cellNumber(cell: Cell, type: Exclude<ColumnType, 'text'>): number | null {
  if (cell === null) return null
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

/** Numbers are taken to be days or seconds since 1970 already. */
function timeNumber(cell: string | number | boolean, type: 'date' | 'timestamp'): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null
  const micros = typeof cell === 'string' ? isoMicros(cell) : null
  if (micros === null) return null
  return type === 'date' ? Math.floor(micros / microsADay) : micros / 1e6
}
