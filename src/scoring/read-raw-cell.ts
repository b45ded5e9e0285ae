import type { Column, ColumnType } from '#core/dataset'
import type { Cell } from '#core/ports'
import { maybeMissingTokens, missingTokens } from '#steps/missing-tokens'
import { featureValue } from './feature-value.ts'
import { plainNotation } from './plain-notation.ts'

/** What a column of each type takes, for a refusal to say. */
const expected: Readonly<Record<ColumnType, string>> = {
  number: 'a number',
  integer: 'a number',
  text: 'a text',
  boolean: 'true or false',
  date: 'a date as 2026-03-01',
  timestamp: 'a time as 2026-03-01T09:30:00',
}

export type ReadCell = { readonly ok: true; readonly cell: Cell } | { readonly ok: false; readonly expected: string }

const missing: ReadCell = { ok: true, cell: null }
const missingTexts = new Set([...missingTokens, ...maybeMissingTokens])
const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/iu
const isoMoment = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/u

/**
 * A value as a client sends it, as the cell that the file would have given: numbers also as their text, and in columns
 * that hold no text every spelling of a missing value. Numbers and dates may be written as the file wrote them. Text is
 * never changed.
 */
export function readRawCell(sent: unknown, { type, notation }: Pick<Column, 'type' | 'notation'>): ReadCell {
  const value = typeof sent === 'string' && notation !== undefined ? plainNotation(sent.trim(), notation) : sent
  if (value === null || value === undefined) return missing
  if (type === 'text') return typeof value === 'string' ? found(value) : typeof value === 'number' ? found(String(value)) : refused(type)
  if (typeof value === 'string' && isMissing(value)) return missing
  switch (type) {
    case 'number':
    case 'integer':
      return readNumber(value, type)
    case 'boolean':
      return readBoolean(value)
    case 'date':
    case 'timestamp':
      return typeof value === 'string' ? readMoment(value.trim(), type) : refused(type)
  }
}

function found(cell: Cell): ReadCell {
  return { ok: true, cell }
}

function refused(type: ColumnType): ReadCell {
  return { ok: false, expected: expected[type] }
}

function isMissing(text: string): boolean {
  return text === '' || (text.length <= 20 && missingTexts.has(text.trim().toLowerCase()))
}

function readNumber(value: unknown, type: ColumnType): ReadCell {
  if (typeof value === 'number') return Number.isFinite(value) ? found(value) : missing
  const number = typeof value === 'string' && plainNumber.test(value.trim()) ? Number(value) : Number.NaN
  return Number.isFinite(number) ? found(number) : refused(type)
}

function readBoolean(value: unknown): ReadCell {
  if (typeof value === 'boolean') return found(value)
  const text = String(value).trim().toLowerCase()
  if (typeof value === 'object' || !/^(?:true|false|0|1)$/u.test(text)) return refused('boolean')
  return found(text === 'true' || text === '1')
}

/** Times with a zone are converted to UTC, as the reader of files does. */
function readMoment(text: string, type: 'date' | 'timestamp'): ReadCell {
  const [, day, time, zone] = isoMoment.exec(text) ?? []
  if (day === undefined) return refused(type)
  const local = `${day}T${time ?? '00:00:00'}`
  const moment = zone === undefined || /^(?:Z|[+-]00(?::?00)?)$/u.test(zone) ? local : inUtc(local, zone)
  if (moment === null || featureValue(moment, type) === null) return refused(type)
  return found(type === 'date' ? moment.slice(0, 10) : moment)
}

function inUtc(local: string, zone: string): string | null {
  const full = /^[+-]\d\d$/u.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d\d)(\d\d)$/u, '$1:$2')
  const time = Date.parse(`${local}${full}`)
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, -1)
}
