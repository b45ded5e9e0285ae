import type { Json } from '#core/canonical-json'
import { rowIdColumn, type Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Hash } from '#core/hash'
import type { PipelineSpec } from '#core/pipeline-spec'
import type { DataEngine } from '#core/ports'
import { join, name, sql, type Sql } from '#core/sql'
import { bindStep } from './registry.ts'
import type { BoundStep, NamedSql, RowsSql } from './step-type.ts'

/** A pipeline bound to the columns of a table. */
export interface Pipeline {
  readonly input: readonly Column[]
  readonly output: readonly Column[]
  readonly steps: readonly BoundStep[]
  readonly rowwise: boolean
}

/** State by step id; a row-wise step needs none. */
export type PipelineState = Readonly<Record<string, Json>>

/** Binds every step to the columns that the steps before leave; refused where one cannot be done as asked. */
export function compilePipeline(spec: PipelineSpec, columns: readonly Column[]): Result<Pipeline> {
  const steps: BoundStep[] = []
  let table = [...columns]
  let nextId = 1 + Math.max(-1, ...columns.map((column) => Number(column.id.slice(1))))
  for (const step of spec.steps) {
    if (steps.some((other) => other.spec.id === step.id)) return refuse('CUSTOM_REFUSED', `Two steps have the id "${step.id}".`)
    const bound = bindStep(step, { columns: table, nextId })
    if (!bound.ok) return bound
    steps.push(bound.value)
    table = [...bound.value.after]
    nextId += bound.value.created.length
  }
  return accept({ input: columns, output: table, steps, rowwise: steps.every((step) => step.rowwise) })
}

/** The pipeline as a query over `table`: row_id and the output columns by id. */
export function pipelineQuery(pipeline: Pipeline, table: Sql, state: PipelineState = {}): Sql {
  let columns = pipeline.input
  let query = sql`select ${columnList(columns)} from ${table}`
  for (const steps of levelsOf(pipeline.steps)) {
    const before = columns.map((column) => column.id)
    columns = columnsOf(steps, columns)
    query = levelQuery({ steps, columns, state }, { rows: query, columns: before })
  }
  return query
}

/** The columns after some steps, without those of steps that were left out before them. */
function columnsOf(steps: readonly BoundStep[], before: readonly Column[]): readonly Column[] {
  const there = new Set([...before, ...steps.flatMap((step) => step.created)].map((column) => column.id))
  return (steps.at(-1)?.after ?? before).filter((column) => there.has(column.id))
}

/** Steps that do not read what another of them writes, in their order: one level of the query works them all out. */
function levelsOf(steps: readonly BoundStep[]): BoundStep[][] {
  const levels: BoundStep[][] = []
  let written = new Set<string>()
  for (const step of steps) {
    const level = levels.at(-1)
    const { reads, changes } = step.contract
    if (level === undefined || reads.some((id) => written.has(id)) || changes.some(({ id }) => written.has(id))) {
      levels.push([step])
      written = new Set()
    } else level.push(step)
    for (const id of [...changes.map((change) => change.id), ...step.created.map((column) => column.id)]) written.add(id)
  }
  return levels
}

function columnList(columns: readonly Column[]): Sql {
  return join([name(rowIdColumn), ...columns.map((column) => name(column.id))])
}

interface Level {
  readonly steps: readonly BoundStep[]
  /** The columns afterwards. */
  readonly columns: readonly Column[]
  readonly state: PipelineState
}

function levelQuery({ steps, columns, state }: Level, before: RowsSql): Sql {
  const parts = steps.map((step) => step.sql(state[step.spec.id] ?? {}))
  let from = parts.reduce((all, part) => part.beside?.(all) ?? all, before).rows
  for (let i = 0; i < Math.max(...parts.map((part) => part.layers.length)); i++) {
    const layer = parts.flatMap((part) => part.layers[i] ?? [])
    if (layer.length > 0) from = sql`select *, ${join(layer.map(named))} from (${from}) t`
  }
  const made = new Map(parts.flatMap((part) => part.assign.map((one) => [one.id, one])))
  const list = columns.map((column) => {
    const one = made.get(column.id)
    return one === undefined ? name(column.id) : named(one)
  })
  return sql`select ${join([name(rowIdColumn), ...list])} from (${from}) t`
}

function named({ id, expression }: NamedSql): Sql {
  return sql`${expression} as ${name(id)}`
}

interface FitRequest {
  readonly data: DataEngine
  readonly table: Sql
  readonly tables: Readonly<Record<string, Hash>>
  readonly signal: AbortSignal
}

/** Fits the steps one after another, each on the rows that the ones before give. */
export async function fitPipeline(pipeline: Pipeline, request: FitRequest): Promise<Result<PipelineState>> {
  const state: Record<string, Json> = {}
  for (const [i, step] of pipeline.steps.entries()) {
    const rows = pipelineQuery({ ...pipeline, steps: stepsBehind(pipeline.steps, i) }, request.table, state)
    const fitted = await step.fit({ data: request.data, rows, tables: request.tables, signal: request.signal })
    if (!fitted.ok) return refuse(fitted.refusal.code, `Step "${step.spec.id}" (${step.spec.type}): ${fitted.refusal.message}`)
    state[step.spec.id] = fitted.value
  }
  return accept(state)
}

/** The steps before one that its columns depend on; the others would only burden its queries. */
function stepsBehind(steps: readonly BoundStep[], place: number): BoundStep[] {
  const needed = new Set(steps[place]?.contract.reads)
  const behind: BoundStep[] = []
  for (const step of steps.slice(0, place).reverse()) {
    const writes = [...step.contract.changes.map((change) => change.id), ...step.created.map((column) => column.id)]
    if (!writes.some((id) => needed.has(id))) continue
    for (const id of step.contract.reads) needed.add(id)
    behind.unshift(step)
  }
  return behind
}
