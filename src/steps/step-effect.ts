import type { Column, ColumnType } from '#core/dataset'
import type { Cell } from '#core/ports'
import { join, name, sql, type Sql } from '#core/sql'
import { pipelineQuery, type Pipeline, type PipelineState } from './compile-pipeline.ts'
import { overComputedRows } from './computed-rows.ts'
import type { BoundStep } from './step-type.ts'
import type { TrialRows } from './try-spec.ts'

/** What a step did to one column that it changed or made. */
export interface ColumnEffect {
  /** The column before, where there was one. */
  readonly before: Column | null
  readonly after: Column
  readonly changed_cells: number
  readonly nulls_before: number
  readonly nulls_after: number
}

/** What a step did to the rows, counted over all of them. */
export interface StepEffect {
  readonly rows_before: number
  readonly rows_after: number
  /** Whether every row is there once, under its own number. */
  readonly rows_kept: boolean
  /** Rows in which a cell changed; a new column changes none. */
  readonly rows_changed: number
  readonly nulls_filled: number
  readonly nulls_made: number
  readonly columns: readonly ColumnEffect[]
  /** Rows before and after it, by display name: first those that it changed. */
  readonly sample: ReadonlyArray<{ readonly before: Readonly<Record<string, Cell>>; readonly after: Readonly<Record<string, Cell>> }>
}

const sampleRows = 5

/** Both sides of a step, row by row. */
export const joined = sql`b join a on a.row_id = b.row_id`

/** The rows before a step as `b`, and after it as `a`, which is made of `b`: no step is worked out twice. */
export function sidesOf(pipeline: Pipeline, place: number, { rows, state }: { rows: TrialRows; state: PipelineState }): Readonly<Record<'b' | 'a', Sql>> {
  const step = pipeline.steps[place]
  if (step === undefined) throw new Error('no such step')
  const before = pipelineQuery({ ...pipeline, steps: pipeline.steps.slice(0, place) }, rows.table, state)
  const alone = { ...pipeline, input: step.before, steps: [step], output: step.after }
  return { b: before, a: pipelineQuery(alone, name('b'), state) }
}
const mostSampleColumns = 30

/** Runs a pipeline up to and with one of its steps, and compares both sides row by row. */
export async function stepEffect(pipeline: Pipeline, place: number, { rows, state }: { rows: TrialRows; state: PipelineState }): Promise<StepEffect> {
  const step = pipeline.steps[place]
  if (step === undefined) throw new Error('no such step')
  const pairs = pairsOf(step)
  const sides = sidesOf(pipeline, place, { rows, state })
  const ask = (query: Sql) => rows.data.query(overComputedRows(sides, query), { tables: rows.tables, signal: rows.signal })
  const sizes = sql`(select count(*) from b) as size_before, (select count(*) from a) as size_after, (select count(distinct row_id) from a) as numbers`
  const [counts] = await ask(sql`select ${join([...countList(pairs), sizes])} from ${joined}`)
  const count = (key: string): number => Number(counts?.[key] ?? 0)
  const [rowsBefore, rowsAfter] = [count('size_before'), count('size_after')]
  return {
    rows_before: rowsBefore,
    rows_after: rowsAfter,
    rows_kept: rowsBefore === rowsAfter && count('numbers') === rowsAfter,
    rows_changed: count('rows_changed'),
    nulls_filled: pairs.reduce((sum, _, i) => sum + count(`filled${i}`), 0),
    nulls_made: pairs.reduce((sum, _, i) => sum + count(`emptied${i}`), 0),
    columns: pairs.map((pair, i) => ({ ...pair, changed_cells: count(`changed${i}`), nulls_before: count(`before${i}`), nulls_after: count(`after${i}`) })),
    sample: await sampleOf(step, pairs, ask),
  }
}

interface Pair {
  readonly before: Column | null
  readonly after: Column
}

function pairsOf(step: BoundStep): Pair[] {
  const changed = step.contract.changes.flatMap(({ id }): Pair[] => {
    const [before, after] = [step.before, step.after].map((columns) => columns.find((column) => column.id === id))
    return before === undefined || after === undefined ? [] : [{ before, after }]
  })
  return [...changed, ...step.created.filter(({ id }) => step.after.some((column) => column.id === id)).map((after) => ({ before: null, after }))]
}

function countList(pairs: readonly Pair[]): Sql[] {
  const changes = pairs.map(changedSql)
  const every = changes.length === 0 ? sql`false` : join(changes, sql` or `)
  const list = [sql`count(*) filter (where ${every}) as rows_changed`]
  for (const [i, { before, after }] of pairs.entries()) {
    const [old, now] = [before === null ? sql`null` : sql`b.${name(before.id)}`, sql`a.${name(after.id)}`]
    list.push(sql`count(*) filter (where ${changes[i] ?? sql`false`}) as ${name(`changed${i}`)}`)
    list.push(sql`count(*) filter (where ${old} is null) as ${name(`before${i}`)}, count(*) filter (where ${now} is null) as ${name(`after${i}`)}`)
    if (before === null) continue
    list.push(sql`count(*) filter (where ${old} is null and ${now} is not null) as ${name(`filled${i}`)}`)
    list.push(sql`count(*) filter (where ${old} is not null and ${now} is null) as ${name(`emptied${i}`)}`)
  }
  return list
}

const numeric: ReadonlySet<ColumnType> = new Set(['number', 'integer', 'boolean'])

/** Whether a cell changed: numbers compare by value, and a value of another kind is another value. */
export function changedSql({ before, after }: Pair): Sql {
  if (before === null) return sql`false`
  const [old, now] = [sql`b.${name(before.id)}`, sql`a.${name(after.id)}`]
  if (before.type === after.type) return sql`${old} is distinct from ${now}`
  if (numeric.has(before.type) && numeric.has(after.type)) return sql`cast(${old} as double) is distinct from cast(${now} as double)`
  return sql`(${old} is not null or ${now} is not null)`
}

async function sampleOf(step: BoundStep, pairs: readonly Pair[], ask: (query: Sql) => Promise<Record<string, Cell>[]>): Promise<StepEffect['sample']> {
  const { reads, changes, drops, renames } = step.contract
  const touched = new Set([...reads, ...changes.map(({ id }) => id), ...drops, ...renames.map(({ id }) => id)])
  const before = step.before.filter(({ id }) => touched.has(id)).slice(0, mostSampleColumns)
  const after = step.after.filter(({ id }) => touched.has(id) || step.created.some((column) => column.id === id)).slice(0, mostSampleColumns)
  const list = [...before.map(({ id }, i) => sql`b.${name(id)} as ${name(`b${i}`)}`), ...after.map(({ id }, i) => sql`a.${name(id)} as ${name(`a${i}`)}`)]
  if (list.length === 0) return []
  const any = pairs.length === 0 ? sql`false` : join(pairs.map(changedSql), sql` or `)
  const found = await ask(sql`select ${join(list)} from ${joined} order by case when ${any} then 0 else 1 end, b.row_id limit ${sampleRows}`)
  const named = (columns: readonly Column[], side: string, row: Record<string, Cell>) => Object.fromEntries(columns.map((column, i) => [column.name, row[`${side}${i}`] ?? null]))
  return found.map((row) => ({ before: named(before, 'b', row), after: named(after, 'a', row) }))
}
