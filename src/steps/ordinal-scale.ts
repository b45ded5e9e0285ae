import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { columnKey } from '#core/find-column'
import { compactText } from './compact-text.ts'
import { foldText } from './fold-text.ts'
import { plainNumberPattern } from './numeric-token-options.ts'

/** A level as a spec may write it. */
export type Level = string | number | boolean

type Codes = Readonly<Record<string, number | null>>

/** The parameters of the scale, as the package names them. */
export interface ScaleParams {
  readonly order?: readonly Level[] | Readonly<Record<string, readonly Level[]>> | null | undefined
  readonly mapping?: Codes | Readonly<Record<string, Codes>> | null | undefined
  readonly start: number
  readonly case_sensitive: boolean
}

/** The codes of one column: by the text of a level, and by its number; null maps the level to missing. */
export interface OrdinalScale {
  readonly codes: ReadonlyMap<string, number | null>
  readonly numbers: ReadonlyMap<number, number | null>
}

const plain = new RegExp(plainNumberPattern, 'u')

/** The comparison form of a level or cell; null where it is blank. */
export function levelKey(level: Level, caseSensitive: boolean): string | null {
  const text = compactText(typeof level === 'boolean' ? (level ? 'True' : 'False') : String(level))
  if (text === '') return null
  return caseSensitive ? text : foldText(text)
}

/** The number that a key spells, so that 3, 3.0 and '3' find the same level. */
export function numberOfKey(key: string): number | null {
  const number = plain.test(key) ? Number(key) : Number.NaN
  return Number.isFinite(number) ? number + 0 : null
}

/** The columns that the parameters name by themselves: those of a scale for each column. */
export function scaleColumns({ order, mapping }: ScaleParams): string[] {
  const named = [...(isByColumn(order) ? Object.keys(order) : []), ...(isNested(mapping) ? Object.keys(mapping) : [])]
  return [...new Set(named)]
}

/** The scale of a column, or why there is none. */
export function scaleOf(params: ScaleParams, column: Column): Result<OrdinalScale> {
  const order = isByColumn(params.order) ? entryOf(params.order, column) : (params.order ?? undefined)
  const mapping = isNested(params.mapping) ? entryOf(params.mapping, column) : mapsLevels(params.mapping) ? params.mapping : undefined
  if ((order === undefined || order.length === 0) && (mapping === undefined || Object.keys(mapping).length === 0)) return refuse('CUSTOM_REFUSED', `there is no order or mapping for the column "${column.name}".`)
  const codes = new Map<string, number | null>()
  for (const [i, level] of (order ?? []).entries()) {
    const key = levelKey(level, params.case_sensitive)
    if (key === null) return refuse('CUSTOM_REFUSED', `the order of "${column.name}" lists a blank level; missing_value is for blanks.`)
    if (codes.has(key)) return refuse('CUSTOM_REFUSED', `the order of "${column.name}" lists ${JSON.stringify(level)} twice.`)
    codes.set(key, params.start + i)
  }
  const mapped = new Map<string, number | null>()
  for (const [level, code] of Object.entries(mapping ?? {})) {
    const key = levelKey(level, params.case_sensitive)
    if (key === null) return refuse('CUSTOM_REFUSED', `the mapping of "${column.name}" has a blank level; missing_value is for blanks.`)
    if (mapped.has(key) && mapped.get(key) !== code) return refuse('CUSTOM_REFUSED', `the mapping of "${column.name}" gives ${JSON.stringify(level)} two codes.`)
    mapped.set(key, code)
    codes.set(key, code)
  }
  return accept({ codes, numbers: numbersOf(codes) })
}

/** Numbers by value: the level that is written shortest wins, else the first. */
function numbersOf(codes: ReadonlyMap<string, number | null>): Map<number, number | null> {
  const numbers = new Map<number, number | null>()
  for (const [key, code] of codes) {
    const number = numberOfKey(key)
    if (number !== null && (!numbers.has(number) || key === String(number))) numbers.set(number, code)
  }
  return numbers
}

function isByColumn(order: ScaleParams['order']): order is Readonly<Record<string, readonly Level[]>> {
  return order !== null && order !== undefined && !Array.isArray(order)
}

function isNested(mapping: ScaleParams['mapping']): mapping is Readonly<Record<string, Codes>> {
  const values = Object.values(mapping ?? {})
  return values.length > 0 && values.every((value) => typeof value === 'object' && value !== null)
}

function mapsLevels(mapping: ScaleParams['mapping']): mapping is Codes {
  return Object.values(mapping ?? {}).every((value) => value === null || typeof value === 'number')
}

function entryOf<T>(byColumn: Readonly<Record<string, T>>, column: Column): T | undefined {
  return byColumn[column.name] ?? Object.entries(byColumn).find(([key]) => columnKey(key) === columnKey(column.name))?.[1]
}
