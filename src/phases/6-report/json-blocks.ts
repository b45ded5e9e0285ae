import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Block, Cell, Fact } from './blocks.ts'
import { figure } from './figure.ts'

const deepest = 5

const membersSchema = z.object({ value: z.number().nullish(), low: z.number().nullish(), high: z.number().nullish() }).catch({})

/** Measures of whatever form as blocks: plain members as facts, lists of objects as tables, the rest below headings. */
export function jsonBlocks(value: Json, depth = 0): Block[] {
  if (value === null) return []
  if (Array.isArray(value)) return listBlocks(value, { title: '', depth })
  if (typeof value !== 'object') return [{ kind: 'paragraph', text: String(value) }]
  const members = Object.entries(value).filter((member): member is [string, Json] => member[1] !== undefined)
  const facts: Fact[] = members.flatMap(([key, member]) => (isPlain(member) ? [{ label: words(key), value: cellOf(member) }] : []))
  const rest = members.flatMap(([key, member]): Block[] => (isPlain(member) ? [] : memberBlocks(key, member, depth)))
  return [...(facts.length === 0 ? [] : [{ kind: 'facts', facts } as const]), ...rest]
}

function memberBlocks(key: string, member: Json, depth: number): Block[] {
  if (depth >= deepest) return []
  if (Array.isArray(member)) return listBlocks(member, { title: words(key), depth })
  const inner = jsonBlocks(member, depth + 1)
  return inner.length === 0 ? [] : [{ kind: 'heading', text: words(key) }, ...inner]
}

function listBlocks(list: readonly Json[], { title, depth }: { title: string; depth: number }): Block[] {
  if (list.length === 0) return []
  if (list.every(isPlain)) return [...heading(title), { kind: 'list', items: list.map((item) => textOf(item)) }]
  const records = list.filter((item): item is Readonly<Record<string, Json | undefined>> => typeof item === 'object' && item !== null && !Array.isArray(item))
  if (records.length === list.length && records.every((record) => Object.values(record).every((member) => isPlain(member ?? null) || isInterval(member ?? null)))) return [table(title, records)]
  return depth >= deepest ? [] : [...heading(title), ...list.flatMap((item) => jsonBlocks(item, depth + 1))]
}

function heading(text: string): Block[] {
  return text === '' ? [] : [{ kind: 'heading', text }]
}

function table(title: string, records: readonly Readonly<Record<string, Json | undefined>>[]): Block {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const numeric = (name: string): boolean => records.every((record) => typeof (record[name] ?? 0) !== 'string')
  return {
    kind: 'table',
    title,
    columns: names.map((name) => ({ title: words(name), align: numeric(name) ? 'right' : 'left' })),
    rows: records.map((record) => names.map((name) => cellOf(record[name] ?? null))),
  }
}

function isPlain(value: Json): boolean {
  return value === null || typeof value !== 'object'
}

/** A measured value with its interval, or a pair of bounds. */
function isInterval(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).length <= 3 && Object.values(value).every((member) => typeof member === 'number' || member === null)
}

function cellOf(value: Json): Cell {
  if (typeof value === 'number') return figure(value)
  if (value === null) return null
  if (typeof value !== 'object') return textOf(value)
  const { value: point, low, high } = membersSchema.parse(value)
  const range = [low, high].filter((bound) => typeof bound === 'number').map((bound) => figure(bound).text)
  if (typeof point === 'number') return range.length === 2 ? `${figure(point).text} (${range.join(' to ')})` : figure(point)
  return Object.values(value).filter((member) => typeof member === 'number').map((member) => figure(member).text).join(' to ')
}

function textOf(value: Json): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' ? figure(value).text : String(value)
}

/** A key as words: selection_rate becomes "Selection rate". */
function words(key: string): string {
  const text = key.replaceAll('_', ' ').trim()
  return text === '' ? key : text.charAt(0).toUpperCase() + text.slice(1)
}
