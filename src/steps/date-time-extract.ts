import { z } from 'zod'
import type { Column, ColumnType } from '#core/dataset'
import type { Json } from '#core/canonical-json'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { join, name, number, sql, type Sql } from '#core/sql'
import { defineStep, type StepUse } from './define-step.ts'
import { isoMicros, microsADay } from './iso-micros.ts'
import { readingsOf, textFormats } from './text-dates.ts'
import { momentReader, momentSql } from './text-moment.ts'
import type { FitSource } from './step-type.ts'
import { elapsedOf, elapsedParts, elapsedSql, type Moment, timeParts } from './time-parts.ts'

const texts = z.union([z.string(), z.array(z.string())])
const paramsSchema = z.strictObject({
  components: texts.nullish(),
  drop_original: z.boolean().default(true),
  origin: z.string().nullish(),
  as_categorical: z.union([z.boolean(), z.string(), z.array(z.string())]).default(false),
})
type Params = z.infer<typeof paramsSchema>

/**
 * Parts of dates become columns: the calendar, flags, and the time since an origin. Which texts are dates, and how they
 * write them, is learned.
 */
export const dateTimeExtract = defineStep<Params>({
  type: 'DateTimeExtractTransformer',
  rowwise: false,
  learnsNothing: ({ components, origin }, scope) => !scope.some(isText) && (typeof origin === 'string' || !listOf(components).some((component) => component in elapsedParts)),
  learnsColumns: (_, scope) => scope.some(isText),
  params: paramsSchema,
  contract({ params, scope }, state) {
    const dates = datesOf(scope, state)
    const wrong = faultOf(params) ?? (dates.length > 0 || scope.some(isText) ? null : noDates(scope))
    if (wrong !== null) return refuse('CUSTOM_REFUSED', wrong)
    return accept({
      reads: (state === undefined ? [...dates, ...scope.filter(isText)] : dates).map((column) => column.id),
      changes: [],
      creates: extractsOf(params, dates).map(({ column, component, categorical }) => ({ name: `${column.name}_${component}`, type: typeOf(component, categorical), from: [column.id], after: null })),
      drops: params.drop_original ? dates.map((column) => column.id) : [],
      renames: [],
    })
  },
  describe(use, column, state) {
    const found = made(use, state).find(({ id }) => id === column.id)
    if (found === undefined) return 'leaves the table once its parts are extracted'
    const since = found.component in elapsedParts ? ` since ${use.params.origin ?? 'the earliest training row'}` : ''
    const format = formatsOf(state)[found.column.id]
    return `${found.component} of ${found.column.name}${format === undefined ? '' : `, read as ${format}`}${since}${found.categorical ? ', as text' : ''}`
  },
  fit: learnDates,
  sql(use, state) {
    const texts = Object.entries(formatsOf(state)).map(([id, format]) => ({ id: momentId(id), expression: momentSql(name(id), readingsOf(format)) }))
    return { layers: texts.length === 0 ? [] : [texts], assign: made(use, state).map((one) => ({ id: one.id, expression: partSql(one, originsOf(use, state)) })) }
  },
  row(use, state) {
    const parts = made(use, state)
    const readers = new Map(Object.entries(formatsOf(state)).map(([id, format]) => [id, momentReader(readingsOf(format))]))
    const dropped = new Set(use.params.drop_original ? datesOf(use.scope, state).map((column) => column.id) : [])
    const origins = originsOf(use, state)
    return function extractParts(row) {
      const next: Record<string, Cell> = {}
      for (const [id, cell] of Object.entries(row)) if (!dropped.has(id)) next[id] = cell
      for (const one of parts) {
        const cell = row[one.column.id] ?? null
        const read = readers.get(one.column.id)
        next[one.id] = partCell(read === undefined ? momentOf(cell, one.column.type) : momentOf(cell === null ? null : read(String(cell)), 'timestamp'), one, origins)
      }
      return next
    }
  },
  portable(use, state) {
    if (Object.keys(formatsOf(state)).length > 0) return null
    const origins = originsOf(use, state)
    return made(use, state).map(({ id, column, component, categorical }) => ({
      op: 'time', from: column.id, to: id, type: column.type, part: component in elapsedParts ? 'elapsed' : component,
      width: categorical ? (timeParts[component]?.width ?? 1) : null, missing: timeParts[component]?.zeroWhenMissing === true ? 0 : null,
      origin: origins.get(column.id) ?? null, unit: elapsedParts[component] ?? 1,
    }))
  },
})

interface Extract {
  readonly column: Column
  readonly component: string
  /** Whether the part is written as text of a fixed width. */
  readonly categorical: boolean
}

function listOf(value: string | readonly string[] | null | undefined): readonly string[] {
  return value === null || value === undefined ? [] : typeof value === 'string' ? [value] : value
}

function componentsOf(params: Params): readonly string[] {
  const asked = listOf(params.components)
  return asked.length === 0 ? ['year', 'month', 'day'] : asked
}

function categoricalOf(params: Params): ReadonlySet<string> {
  const asked = params.as_categorical
  if (asked === false) return new Set()
  if (asked !== true) return new Set(listOf(asked))
  return new Set(componentsOf(params).filter((component) => component !== 'year' && isCycle(component)))
}

function isCycle(component: string): boolean {
  return (timeParts[component]?.width ?? null) !== null
}

function faultOf(params: Params): string | null {
  const components = componentsOf(params)
  const known = [...Object.keys(timeParts), ...Object.keys(elapsedParts), 'date']
  const unknown = components.find((component) => !known.includes(component))
  if (unknown !== undefined) return `the component "${unknown}" is unknown; there are ${known.join(', ')}.`
  if (new Set(components).size < components.length) return 'a component is named twice.'
  const bad = [...categoricalOf(params)].find((component) => !isCycle(component) || !components.includes(component))
  if (bad !== undefined) return `as_categorical names "${bad}", which is no component of a calendar cycle that is asked for.`
  if (typeof params.origin === 'string' && isoMicros(params.origin) === null) return `the origin ${JSON.stringify(params.origin)} is no date as 2024-02-29 or 2024-02-29T12:30:00.`
  return null
}

function noDates(scope: readonly Column[]): string {
  return `none of the columns ${scope.slice(0, 20).map((column) => `"${column.name}"`).join(', ')} holds dates.`
}

function isText({ type }: Column): boolean {
  return type === 'text'
}

/** The columns of dates, and those of texts that the fit found to write dates. */
function datesOf(scope: readonly Column[], state: Json | undefined): Column[] {
  const formats = formatsOf(state)
  return scope.filter((column) => column.type === 'date' || column.type === 'timestamp' || column.id in formats)
}

function extractsOf(params: Params, dates: readonly Column[]): Extract[] {
  const categorical = categoricalOf(params)
  return dates.flatMap((column) => componentsOf(params).map((component) => ({ column, component, categorical: categorical.has(component) })))
}

function made(use: StepUse<Params>, state: Json | undefined): (Extract & { readonly id: string })[] {
  return extractsOf(use.params, datesOf(use.scope, state)).flatMap((one, i) => {
    const id = use.created[i]?.id
    return id === undefined ? [] : [{ ...one, id }]
  })
}

function typeOf(component: string, categorical: boolean): ColumnType {
  if (categorical || component === 'date') return 'text'
  return component in elapsedParts ? 'number' : 'integer'
}

/** Where time begins for each column: the given origin, or the earliest moment of the fit; missing where it saw none. */
type Origins = ReadonlyMap<string, number | null>

const stateSchema = z.object({ origins: z.record(z.string(), z.string().nullable()).default({}), formats: z.record(z.string(), z.string()).default({}) })

/** By column of texts, the format in which it writes its dates. */
function formatsOf(state: Json | undefined): Readonly<Record<string, string>> {
  return state === undefined ? {} : stateSchema.parse(state).formats
}

/** The name under which the moments of a column of texts are worked out. */
function momentId(id: string): string {
  return `${id}_moment`
}

function originsOf({ params, scope }: StepUse<Params>, state: Json): Origins {
  const given = typeof params.origin === 'string' ? isoMicros(params.origin) : null
  const { origins } = stateSchema.parse(state)
  return new Map(datesOf(scope, state).map(({ id }) => [id, given ?? isoMicros(origins[id] ?? '')]))
}

async function learnDates({ params, scope }: StepUse<Params>, source: FitSource): Promise<Result<Json>> {
  const found = await textFormats(scope.filter(isText), source)
  if (!found.ok) return found
  const formats = found.value
  const dates = datesOf(scope, { formats })
  if (dates.length === 0) return refuse('CUSTOM_REFUSED', noDates(scope))
  const learned = Object.keys(formats).length === 0 ? {} : { formats }
  if (typeof params.origin === 'string' || !componentsOf(params).some((component) => component in elapsedParts)) return accept(learned)
  const values = dates.map(({ id }) => ({ id, value: formats[id] === undefined ? name(id) : momentSql(name(id), readingsOf(formats[id])) }))
  const [earliest] = await source.data.query(sql`select ${join(values.map(({ id, value }) => sql`min(${value}) as ${name(id)}`))} from (${source.rows}) t`, source)
  return accept({ ...learned, origins: Object.fromEntries(dates.map(({ id }) => [id, earliest?.[id] ?? null])) })
}

function partSql({ column, component, categorical }: Extract, origins: Origins): Sql {
  const value = name(column.type === 'text' ? momentId(column.id) : column.id)
  if (component === 'date') return sql`strftime(${value}, '%Y-%m-%d')`
  const unit = elapsedParts[component]
  if (unit !== undefined) {
    const origin = origins.get(column.id) ?? null
    return origin === null ? sql`cast(null as double)` : elapsedSql(value, { origin, unit })
  }
  const part = timeParts[component]
  if (part === undefined) throw new Error(`no component ${component}`)
  const whole = sql`cast(${part.sql(value)} as bigint)`
  return categorical ? sql`lpad(cast(${whole} as varchar), ${number(part.width ?? 1)}, '0')` : whole
}

function momentOf(cell: Cell, type: ColumnType): Moment | null {
  if (cell === null || typeof cell === 'boolean') return null
  const micros = typeof cell === 'string' ? isoMicros(cell) : Number.isFinite(cell) ? Math.round(cell * (type === 'date' ? microsADay : 1e6)) : null
  if (micros === null) return null
  const day = Math.floor(micros / microsADay)
  return { day, micros: type === 'date' ? 0 : micros - day * microsADay }
}

function partCell(moment: Moment | null, { column, component, categorical }: Extract, origins: Origins): Cell {
  if (moment === null) return timeParts[component]?.zeroWhenMissing === true ? 0 : null
  if (component === 'date') return new Date(moment.day * 86_400_000).toISOString().slice(0, 10)
  const unit = elapsedParts[component]
  if (unit !== undefined) {
    const origin = origins.get(column.id) ?? null
    return origin === null ? null : elapsedOf(moment, { origin, unit })
  }
  const part = timeParts[component]
  if (part === undefined) throw new Error(`no component ${component}`)
  const value = part.of(moment)
  return categorical ? String(value).padStart(part.width ?? 1, '0') : value
}
