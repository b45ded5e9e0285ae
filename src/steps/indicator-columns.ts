import type { Column } from '#core/dataset'
import type { Cell } from '#core/ports'
import { name, number, sql, type Sql } from '#core/sql'
import type { PortableStep } from './portable-step.ts'
import type { Row, StepContract, StepSql } from './step-type.ts'

/** The 0/1 columns of one column: each stands for a place, and is called by its name. */
export interface Indicators {
  readonly column: Column
  readonly made: ReadonlyArray<{ readonly place: number; readonly name: string }>
}

/** A column whose places are found out, for the indicators. */
export interface PlacedColumn extends Indicators {
  /** The place of a row's value as SQL; null where all indicators are missing, −1 where all are 0. */
  readonly place: Sql
  readonly placeOf: (cell: Cell) => number | null
  /** The same as a plain operation that writes the place to a cell. */
  readonly portablePlace: (to: string) => PortableStep
}

/** Whether every column becomes a single indicator: then the package writes it over the column, under the old name. */
export function staysInPlace(all: readonly Indicators[]): boolean {
  return all.every(({ made }) => made.length === 1)
}

/** What indicators do to the columns: they come last and the columns leave, or they take their place. */
export function indicatorContract(all: readonly Indicators[]): StepContract {
  const reads = all.map(({ column: { id } }) => id)
  if (all.length > 0 && staysInPlace(all)) return { reads, changes: reads.map((id) => ({ id, type: 'number' as const })), creates: [], drops: [], renames: [] }
  const creates = all.flatMap(({ column: { id }, made }) => made.map((one) => ({ name: one.name, type: 'number' as const, from: [id], after: null })))
  return { reads, changes: [], creates, drops: reads, renames: [] }
}

function targets(all: readonly PlacedColumn[], created: readonly Column[]): { id: string; column: Column; place: number }[] {
  const flat = all.flatMap(({ column, made }) => made.map(({ place }) => ({ column, place })))
  const over = staysInPlace(all)
  return flat.flatMap(({ column, place }, i) => {
    const id = over ? column.id : created[i]?.id
    return id === undefined ? [] : [{ id, column, place }]
  })
}

export function indicatorSql(all: readonly PlacedColumn[], created: readonly Column[]): StepSql {
  const layer = (column: Column): string => `${column.id}_place`
  return {
    layers: [all.map(({ column, place }) => ({ id: layer(column), expression: place }))],
    assign: targets(all, created).map(({ id, column, place }) => {
      const found = name(layer(column))
      return { id, expression: sql`cast(case when ${found} = ${number(place)} then 1 when ${found} is not null then 0 end as double)` }
    }),
  }
}

export function indicatorRow(all: readonly PlacedColumn[], created: readonly Column[]): (row: Row) => Row {
  const made = targets(all, created)
  const over = staysInPlace(all)
  return function indicate(row) {
    const next: Record<string, Cell> = { ...row }
    const places = new Map(all.map(({ column: { id }, placeOf }) => [id, placeOf(row[id] ?? null)]))
    if (!over) for (const { column } of all) delete next[column.id]
    for (const { id, column, place } of made) {
      const found = places.get(column.id) ?? null
      next[id] = found === null ? null : found === place ? 1 : 0
    }
    return next
  }
}

/** The same as plain operations, for exports. */
export function indicatorPortable(all: readonly PlacedColumn[], created: readonly Column[]): PortableStep[] {
  const place = (column: Column): string => `${column.id}_place`
  return [
    ...all.map(({ column, portablePlace }) => portablePlace(place(column))),
    ...targets(all, created).map((one): PortableStep => ({ op: 'numbers', from: place(one.column), to: one.id, type: 'number', changes: [['equals', one.place]] })),
  ]
}

/** Which value a created indicator stands for, as its name says behind the name of its column. */
export function describeIndicator(all: readonly Indicators[], created: readonly Column[], column: Column): string {
  const made = created.find(({ id }) => id === column.id)
  const from = all.find((one) => one.made.some((indicator) => indicator.name === (made ?? column).name))
  if (from === undefined) return 'a 0/1 column for each of its values'
  return `1 where ${JSON.stringify(from.column.name)} is ${JSON.stringify((made ?? column).name.slice(from.column.name.length + 1))}, else 0`
}
