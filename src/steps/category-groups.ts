import { z } from 'zod'
import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { join, name, number, sql, type Sql, text } from '#core/sql'
import { cellSchema, cellSql, typedCell } from './cell-sql.ts'
import { doubleSql } from './double-sql.ts'
import { numberSql } from './number-step.ts'
import { floatText } from './python-text.ts'
import type { FitSource } from './step-type.ts'

/** Categories that a column may have to be encoded. */
const mostLevels = 10_000

const integerTypes = ['int', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']
const floatTypes = ['float', 'float16', 'float32', 'float64', 'double']

/** Parameters that both encoders share. */
export const encoderParams = {
  categories: z.union([z.literal('auto'), z.array(z.array(cellSchema))]).default('auto'),
  dtype: z.string().transform((text) => text.replace(/^(?:np|numpy)\./u, '')).pipe(z.enum([...floatTypes, ...integerTypes])).default('float64'),
  min_frequency: z.union([z.int().min(1), z.number().gt(0).lt(1)]).nullish(),
  max_categories: z.int().min(1).nullish(),
}

export interface GroupParams {
  readonly categories: 'auto' | readonly (readonly Cell[])[]
  readonly min_frequency?: number | null | undefined
  readonly max_categories?: number | null | undefined
}

/** Categories that get one code: mostly a single one, the rare ones together, which `isRare` tells. */
export const groupSchema = z.object({ label: z.string(), levels: z.array(cellSchema), isRare: z.boolean() })
export type Group = z.infer<typeof groupSchema>

interface Level {
  readonly level: Cell
  readonly rows: number
}

interface GroupRequest {
  readonly params: GroupParams
  readonly column: Column
  readonly place: number
  /** Whether a category that the parameters do not list is refused at fit. */
  readonly refusesUnknown: boolean
  /** Whether missing stays a category of its own even where it is rare. */
  readonly keepsMissing: boolean
  readonly source: FitSource
}

/** Why columns cannot be encoded, or null where they can. */
export function refuseEncoding({ categories }: GroupParams, scope: readonly Column[]): string | null {
  const dated = scope.find(({ type }) => type === 'date' || type === 'timestamp')
  if (dated !== undefined) return `the column "${dated.name}" holds dates; take their parts first.`
  if (categories === 'auto') return null
  if (categories.length !== scope.length) return `categories lists ${categories.length} columns, but the step has ${scope.length}.`
  for (const [i, column] of scope.entries()) {
    const fault = refuseList(categories[i] ?? [], column)
    if (fault !== null) return fault
  }
  return null
}

function refuseList(list: readonly Cell[], column: Column): string | null {
  const kinds: Readonly<Record<string, string>> = { text: 'string', boolean: 'boolean', number: 'number', integer: 'number' }
  const kind = kinds[column.type]
  if (list.length === 0) return `categories of "${column.name}" lists none.`
  const strange = list.find((level) => level !== null && typeof level !== kind)
  if (strange !== undefined) return `categories of "${column.name}": ${JSON.stringify(strange)} is no value of a column of type ${column.type}.`
  if (new Set(list).size < list.length) return `categories of "${column.name}" lists one twice.`
  if (list.slice(0, -1).includes(null)) return `categories of "${column.name}": missing must come last.`
  const numbers = list.filter((level): level is number => typeof level === 'number')
  return numbers.some((level, i) => i > 0 && level < (numbers[i - 1] ?? 0)) ? `categories of "${column.name}" must rise, as they are numbers.` : null
}

/** The groups of a column in the order of their codes. */
export async function fitGroups(request: GroupRequest): Promise<Result<Group[]>> {
  const { column, params, source, keepsMissing } = request
  const value = valueSql(column)
  const counted = sql`select v, count(*) as rows from (select ${value} as v from (${source.rows}) t) w group by v`
  const answer = await source.data.query(sql`select v, rows from (${counted}) c order by v is null, v limit ${number(mostLevels + 1)}`, source)
  if (answer.length > mostLevels) return refuse('CUSTOM_REFUSED', `"${column.name}" has more than ${mostLevels} categories; condense it first.`)
  const seen = answer.map(({ v, rows }): Level => ({ level: v ?? null, rows: Number(rows) }))
  const levels = listedLevels(seen, request)
  if (!levels.ok) return levels
  const floats = column.type === 'number' || (column.type === 'integer' && seen.some(({ level }) => level === null))
  const total = seen.reduce((sum, { rows }) => sum + rows, 0)
  const counting = keepsMissing ? levels.value.filter(({ level }) => level !== null) : levels.value
  const rare = rareLevels(counting, params, total)
  const single = levels.value.filter((one) => !rare.has(one)).map(({ level }): Group => ({ label: labelOf(level, column, floats), levels: [level], isRare: false }))
  if (rare.size === 0) return accept(single)
  const together: Group = { label: 'infrequent_sklearn', levels: [...rare].map(({ level }) => level), isRare: true }
  const missing = keepsMissing ? single.filter(({ levels: [level] }) => level === null) : []
  return accept([...single.filter((group) => !missing.includes(group)), together, ...missing])
}

function valueSql(column: Column): Sql {
  return column.type === 'number' || column.type === 'integer' ? numberSql(column) : name(column.id)
}

function listedLevels(seen: readonly Level[], { params, column, place, refusesUnknown }: GroupRequest): Result<Level[]> {
  if (params.categories === 'auto') return accept([...seen])
  const list = params.categories[place] ?? []
  const unknown = seen.filter(({ level }) => !list.includes(level))
  if (refusesUnknown && unknown.length > 0) {
    const shown = unknown.slice(0, 3).map(({ level }) => JSON.stringify(level)).join(', ')
    return refuse('CUSTOM_REFUSED', `"${column.name}" holds categories that are not listed: ${shown}.`)
  }
  return accept(list.map((level) => ({ level, rows: seen.find((one) => one.level === level)?.rows ?? 0 })))
}

/** As scikit-learn: the rare ones by frequency, then the least frequent, so that at most `max_categories` are left. */
function rareLevels(levels: readonly Level[], { min_frequency, max_categories }: GroupParams, total: number): Set<Level> {
  const least = typeof min_frequency === 'number' ? (min_frequency < 1 ? total * min_frequency : min_frequency) : 0
  const rare = new Set(levels.filter(({ rows }) => rows < least))
  if (typeof max_categories !== 'number' || max_categories >= levels.length - rare.size + 1) return inOrder(levels, rare)
  const byRows = levels.toSorted((a, b) => a.rows - b.rows)
  for (const level of byRows.slice(0, Math.max(0, byRows.length - (max_categories - 1)))) rare.add(level)
  return inOrder(levels, rare)
}

function inOrder(levels: readonly Level[], chosen: ReadonlySet<Level>): Set<Level> {
  return new Set(levels.filter((level) => chosen.has(level)))
}

/** A category as the package writes it into the name of its column. */
function labelOf(level: Cell, { type }: Column, floats: boolean): string {
  if (level === null) return 'nan'
  if (type === 'boolean') return level === true ? 'True' : 'False'
  return typeof level === 'number' && floats ? floatText(level) : String(level)
}

/** Every category with the place of its group. */
export function groupEntries(groups: readonly Group[]): [Cell, number][] {
  return groups.flatMap(({ levels }, place) => levels.map((level): [Cell, number] => [level, place]))
}

/** Place of the group of a cell; null where its category is unknown. */
export function groupReader(column: Column, groups: readonly Group[]): (cell: Cell) => number | null {
  const places = new Map(groupEntries(groups))
  return (cell) => places.get(typedCell(cell, column.type)) ?? null
}

/** A few categories are compared one by one, and so are numbers; more texts are looked up in a list, in a tenth of the time. */
const fewLevels = 16

/** The same in SQL. */
export function groupSql(column: Column, groups: readonly Group[]): Sql {
  const flat = groups.flatMap(({ levels }, place) => levels.map((level) => ({ level, place })))
  const known = flat.filter(({ level }) => level !== null)
  const gap = flat.find(({ level }) => level === null)
  const value = valueSql(column)
  const missing = gap === undefined ? sql`cast(null as integer)` : number(gap.place)
  if (known.length === 0) return sql`case when ${value} is null then ${missing} end`
  const literals = known.map(({ level }) => levelSql(level, column))
  if (known.length <= fewLevels || column.type !== 'text') {
    const cases = known.map(({ place }, i) => sql` when ${value} = ${literals[i] ?? sql`null`} then ${number(place)}`)
    return sql`case when ${value} is null then ${missing}${join(cases, sql``)} end`
  }
  const places = join(known.map(({ place }) => number(place)))
  return sql`case when ${value} is null then ${missing} else array[${places}][nullif(array_position(array[${join(literals)}], ${value}), 0)] end`
}

function levelSql(level: Cell, { type }: Column): Sql {
  if (type === 'text') return text(String(level))
  return type === 'boolean' ? cellSql(level, type) : doubleSql(Number(level))
}
