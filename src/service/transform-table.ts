import { type Column, rowIdColumn, type Table } from '#core/dataset'
import { orThrow } from '#core/errors'
import type { PipelineSpec, StepSpec } from '#core/pipeline-spec'
import type { DataEngine } from '#core/ports'
import { join, name, sql, type Sql } from '#core/sql'
import { compileKnown, fitSpec, pipelineQuery } from '#steps/compile-pipeline'
import type { BoundStep } from '#steps/step-type'

/** What a step did to a table. */
export interface StepEffect {
  readonly id: string
  readonly type: string
  /** Whether it learnt from the rows. */
  readonly fitted: boolean
  readonly created: readonly string[]
  readonly dropped: readonly string[]
  /** Rows and cells of the columns that it changes whose values are others afterwards. */
  readonly rows_changed: number
  readonly cells_changed: number
  /** Of those cells, those that were missing and those that are. */
  readonly cells_filled: number
  readonly cells_emptied: number
}

export interface Transformed {
  readonly table: Table
  readonly steps: readonly StepEffect[]
}

/** A file with the steps to run over it, and where the table goes that they give. */
export interface FileToTransform {
  readonly path: string
  /** The name that messages give it. */
  readonly fileName: string
  readonly spec: PipelineSpec
  readonly out: string
}

interface Parts {
  readonly data: DataEngine
  readonly signal: AbortSignal
}

/** Runs the steps one after another over a table, each fitted on all rows that reach it, and counts what each one did. */
export async function transformTable(table: Table, spec: PipelineSpec, parts: Parts): Promise<Transformed> {
  // What is wrong with a step whose columns are known now is said before anything is worked out.
  orThrow(compileKnown(spec, table.columns))
  const effects: StepEffect[] = []
  let current = table
  for (const step of spec.steps) {
    const next = await runStep(step, current, parts)
    effects.push(await effectOf(next.step, { before: current, after: next.table }, parts))
    current = next.table
  }
  return { table: current, steps: effects }
}

async function runStep(step: StepSpec, table: Table, { data, signal }: Parts): Promise<{ readonly step: BoundStep; readonly table: Table }> {
  const tables = { t: table.hash }
  const { pipeline, state } = orThrow(await fitSpec({ version: '2.0', steps: [step] }, table.columns, { data, table: name('t'), tables, signal }))
  const [bound] = pipeline.steps
  if (bound === undefined) throw new Error(`no step ${step.id}`)
  return { step: bound, table: await data.materialise({ query: pipelineQuery(pipeline, name('t'), state), tables, columns: pipeline.output }, { signal }) }
}

const sqlTypes: Readonly<Record<Column['type'], Sql>> = { number: sql`double`, integer: sql`bigint`, text: sql`varchar`, boolean: sql`boolean`, date: sql`date`, timestamp: sql`timestamp` }

async function effectOf(step: BoundStep, { before, after }: { before: Table; after: Table }, { data, signal }: Parts): Promise<StepEffect> {
  const named = (ids: readonly string[], columns: readonly Column[]): string[] => columns.filter(({ id }) => ids.includes(id)).map((column) => column.name)
  const base = { id: step.spec.id, type: step.spec.type, fitted: !step.rowwise && step.otherRows !== 'table', created: step.created.map((column) => column.name), dropped: named(step.contract.drops, step.before) }
  const ids = step.contract.changes.map((change) => change.id).filter((id) => !step.contract.drops.includes(id))
  if (ids.length === 0) return { ...base, rows_changed: 0, cells_changed: 0, cells_filled: 0, cells_emptied: 0 }
  const pairs = ids.map((id) => {
    const type = sqlTypes[after.columns.find((column) => column.id === id)?.type ?? 'text']
    const [was, is] = [sql`b.${name(id)}`, sql`a.${name(id)}`]
    // A value that is only stored as another type is the same value.
    return { was, is, changed: sql`(try_cast(${was} as ${type}) is distinct from ${is} or (${was} is null) <> (${is} is null))` }
  })
  const total = (conditions: readonly Sql[]): Sql => join(conditions.map((condition) => sql`count_if(${condition})`), sql` + `)
  const query = sql`select count_if(${join(pairs.map(({ changed }) => changed), sql` or `)}) as rows,
    ${total(pairs.map(({ changed }) => changed))} as cells,
    ${total(pairs.map(({ was, is }) => sql`${was} is null and ${is} is not null`))} as filled,
    ${total(pairs.map(({ was, is }) => sql`${was} is not null and ${is} is null`))} as emptied
    from b join a on b.${name(rowIdColumn)} = a.${name(rowIdColumn)}`
  const [counted] = await data.query(query, { tables: { b: before.hash, a: after.hash }, signal })
  return { ...base, rows_changed: Number(counted?.rows ?? 0), cells_changed: Number(counted?.cells ?? 0), cells_filled: Number(counted?.filled ?? 0), cells_emptied: Number(counted?.emptied ?? 0) }
}
