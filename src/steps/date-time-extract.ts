import { z } from 'zod'
import type { Column, ColumnType } from '#core/dataset'
import type { Json } from '#core/canonical-json'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { join, name, number, sql, type Sql } from '#core/sql'
import { defineStep, type StepUse } from './define-step.ts'
import { isoMicros, microsADay } from './iso-micros.ts'
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

/** Parts of dates become columns: the calendar, flags, and the time since an origin. */
export const dateTimeExtract = defineStep<Params>({
  type: 'DateTimeExtractTransformer',
  rowwise: false,
  learnsNothing: ({ components, origin }) => typeof origin === 'string' || !listOf(components).some((component) => component in elapsedParts),
  params: paramsSchema,
  contract({ params, scope, table }) {
    const wrong = faultOf(params) ?? columnFault(scope, table)
    if (wrong !== null) return refuse('CUSTOM_REFUSED', wrong)
    const dates = datesOf(scope)
    return accept({
      reads: dates.map((column) => column.id),
      changes: [],
      creates: extractsOf(params, scope).map(({ column, component, categorical }) => ({ name: `${column.name}_${component}`, type: typeOf(component, categorical), from: [column.id], after: null })),
      drops: params.drop_original ? dates.map((column) => column.id) : [],
      renames: [],
    })
  },
  describe(use, column) {
    const found = made(use).find(({ id }) => id === column.id)
    if (found === undefined) return 'leaves the table once its parts are extracted'
    const since = found.component in elapsedParts ? ` since ${use.params.origin ?? 'the earliest training row'}` : ''
    return `${found.component} of ${found.column.name}${since}${found.categorical ? ', as text' : ''}`
  },
  fit: earliestMoments,
  sql: (use, state) => ({ layers: [], assign: made(use).map((one) => ({ id: one.id, expression: partSql(one, originsOf(use, state)) })) }),
  row(use, state) {
    const parts = made(use)
    const dropped = new Set(use.params.drop_original ? datesOf(use.scope).map((column) => column.id) : [])
    const origins = originsOf(use, state)
    return function extractParts(row) {
      const next: Record<string, Cell> = {}
      for (const [id, cell] of Object.entries(row)) if (!dropped.has(id)) next[id] = cell
      for (const one of parts) next[one.id] = partCell(momentOf(row[one.column.id] ?? null, one.column.type), one, origins)
      return next
    }
  },
  portable(use, state) {
    const origins = originsOf(use, state)
    return made(use).map(({ id, column, component, categorical }) => ({
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

function columnFault(scope: readonly Column[], table: readonly Column[]): string | null {
  const text = scope.find((column) => column.type === 'text')
  if (text !== undefined) {
    return scope.length === table.length
      ? `name the columns that hold dates; whether the text of "${text.name}" holds any is not looked at yet.`
      : `the column "${text.name}" holds text; reading dates out of text is not offered yet.`
  }
  return datesOf(scope).length > 0 ? null : `none of the columns ${scope.slice(0, 20).map((column) => `"${column.name}"`).join(', ')} holds dates.`
}

function datesOf(scope: readonly Column[]): Column[] {
  return scope.filter((column) => column.type === 'date' || column.type === 'timestamp')
}

function extractsOf(params: Params, scope: readonly Column[]): Extract[] {
  const categorical = categoricalOf(params)
  return datesOf(scope).flatMap((column) => componentsOf(params).map((component) => ({ column, component, categorical: categorical.has(component) })))
}

function made(use: StepUse<Params>): (Extract & { readonly id: string })[] {
  return extractsOf(use.params, use.scope).flatMap((one, i) => {
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

const stateSchema = z.object({ origins: z.record(z.string(), z.string().nullable()).default({}) })

function originsOf({ params, scope }: StepUse<Params>, state: Json): Origins {
  const given = typeof params.origin === 'string' ? isoMicros(params.origin) : null
  const { origins } = stateSchema.parse(state)
  return new Map(datesOf(scope).map(({ id }) => [id, given ?? isoMicros(origins[id] ?? '')]))
}

async function earliestMoments({ params, scope }: StepUse<Params>, source: FitSource): Promise<Result<Json>> {
  if (typeof params.origin === 'string' || !componentsOf(params).some((component) => component in elapsedParts)) return accept({})
  const dates = datesOf(scope)
  const [found] = await source.data.query(sql`select ${join(dates.map(({ id }) => sql`min(${name(id)}) as ${name(id)}`))} from (${source.rows}) t`, source)
  return accept({ origins: Object.fromEntries(dates.map(({ id }) => [id, found?.[id] ?? null])) })
}

function partSql({ column, component, categorical }: Extract, origins: Origins): Sql {
  const value = name(column.id)
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
