import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Column, ColumnType } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { name, sql, type Sql } from '#core/sql'
import type { Cell } from '#core/ports'
import { cellNumber } from './cell-number.ts'
import { defineStep, type StepUse } from './define-step.ts'
import type { NumberChange } from './portable-step.ts'
import type { FitSource, NamedSql, StepType } from './step-type.ts'

/** What one file says of a step that makes a number of each number, by statistics of its column. */
export interface NumberStep<Params, Learnt extends Json> {
  readonly type: string
  readonly params: z.ZodType<Params>
  /** What was learnt of a column; null stands for a column of which nothing can be learnt, whose cells become missing. */
  readonly learnt: z.ZodType<Learnt>
  /** A reason why the parameters cannot be, or null. */
  refuseParams?(params: Params, scope: readonly Column[]): string | null
  fitColumn(value: Sql, request: NumberFit<Params>): Promise<Result<Learnt | null>>
  describe(params: Params, learnt: Learnt | null): string
  /** Expressions worked out one after another; `prefix` begins the names of all but the last, which is the result. */
  sql(value: Sql, learnt: Learnt, use: { params: Params; prefix: string }): { layers: readonly NamedSql[]; result: Sql }
  row(learnt: Learnt, params: Params): (value: number) => number | null
  /** The same as plain changes, for exports. */
  portable(learnt: Learnt, params: Params): readonly NumberChange[]
}

export interface NumberFit<Params> {
  readonly params: Params
  readonly column: Column
  /** Place of the column among those of the step. */
  readonly place: number
  readonly source: FitSource
}

/** A step that turns columns of numbers into other numbers in place. Columns must be named, as it means nothing for others. */
export function defineNumberStep<Params, Learnt extends Json>(step: NumberStep<Params, Learnt>): StepType {
  const stateSchema = z.object({ columns: z.record(z.string(), step.learnt.nullable()) })
  const learntOf = (state: Json | undefined, column: Column): Learnt | null => {
    const read = stateSchema.safeParse(state)
    return read.success ? (read.data.columns[column.id] ?? null) : null
  }
  return defineStep<Params>({
    type: step.type,
    rowwise: false,
    params: step.params,
    needsColumns: true,
    movedToEnd: () => [],
    contract({ params, scope }) {
      const fault = notNumeric(scope) ?? step.refuseParams?.(params, scope) ?? null
      if (fault !== null) return refuse('CUSTOM_REFUSED', fault)
      const changes = scope.map(({ id }) => ({ id, type: 'number' as const }))
      return accept({ reads: changes.map(({ id }) => id), changes, creates: [], drops: [], renames: [] })
    },
    describe: ({ params }, column, state) => step.describe(params, learntOf(state, column)),
    async fit(use, source) {
      const columns: Record<string, Json> = {}
      for (const [place, column] of use.scope.entries()) {
        const fitted = await step.fitColumn(numberSql(column), { params: use.params, column, place, source })
        if (!fitted.ok) return fitted
        columns[column.id] = fitted.value
      }
      return accept({ columns })
    },
    sql: (use, state) => numberStepSql(step, use, (column) => learntOf(state, column)),
    row(use, state) {
      const readers = use.scope.map((column) => ({ id: column.id, read: numberReader(column, rowOf(step, use, learntOf(state, column))) }))
      return function changeNumbers(row) {
        const next: Record<string, Cell> = { ...row }
        for (const { id, read } of readers) next[id] = read(row[id] ?? null)
        return next
      }
    },
    portable: ({ params, scope }, state) =>
      scope.map((column) => {
        const learnt = learntOf(state, column)
        if (learnt === null) return { op: 'lookup', from: column.id, to: column.id, type: column.type, entries: [], other: null }
        return { op: 'numbers', from: column.id, to: column.id, type: column.type, changes: step.portable(learnt, params) }
      }),
  })
}

/** Why columns cannot be read as numbers, or null where they can. */
export function notNumeric(scope: readonly Column[]): string | null {
  const words = scope.find(({ type }) => type === 'text')
  if (words !== undefined) return `the column "${words.name}" holds text, not numbers.`
  const dated = scope.find(({ type }) => type === 'date' || type === 'timestamp')
  return dated === undefined ? null : `the column "${dated.name}" holds dates, not numbers.`
}

/** A column that is no text as a double; negative zero is zero. */
export function numberSql(column: Column): Sql {
  const cell = name(column.id)
  return column.type === 'boolean' ? sql`case when ${cell} then 1e0 when not ${cell} then 0e0 end` : sql`(cast(${cell} as double) + 0e0)`
}

/** A cell of such a column as a number through a function; missing stays missing, and what is not finite becomes so. */
export function numberReader(column: Column, change: (value: number) => number | null): (cell: Cell) => number | null {
  const type: ColumnType = column.type
  if (type === 'text') return () => null
  return function readNumber(cell) {
    const value = cellNumber(cell, type)
    if (value === null) return null
    const changed = change(value + 0)
    return changed === null || !Number.isFinite(changed) ? null : changed
  }
}

/** What is no finite number is missing. */
export function finiteSql(value: Sql): Sql {
  return sql`case when abs(${value}) <= 1.7976931348623157e308 then ${value} end`
}

function rowOf<Params, Learnt extends Json>(step: NumberStep<Params, Learnt>, { params }: StepUse<Params>, learnt: Learnt | null): (value: number) => number | null {
  return learnt === null ? () => null : step.row(learnt, params)
}

function numberStepSql<Params, Learnt extends Json>(step: NumberStep<Params, Learnt>, use: StepUse<Params>, learntOf: (column: Column) => Learnt | null) {
  const layers: NamedSql[][] = []
  const assign: NamedSql[] = []
  const put = (depth: number, one: NamedSql): void => {
    const layer = layers[depth]
    if (layer === undefined) layers[depth] = [one]
    else layer.push(one)
  }
  for (const column of use.scope) {
    const learnt = learntOf(column)
    if (learnt === null) {
      assign.push({ id: column.id, expression: sql`cast(null as double)` })
      continue
    }
    const prefix = `${column.id}_`
    const made = step.sql(numberSql(column), learnt, { params: use.params, prefix })
    for (const [depth, one] of made.layers.entries()) put(depth, one)
    put(made.layers.length, { id: `${prefix}made`, expression: made.result })
    assign.push({ id: column.id, expression: finiteSql(name(`${prefix}made`)) })
  }
  return { layers, assign }
}
