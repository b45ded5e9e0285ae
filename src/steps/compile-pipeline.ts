import type { Json } from '#core/canonical-json'
import { rowIdColumn, type Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Hash } from '#core/hash'
import type { PipelineSpec, StepSpec } from '#core/pipeline-spec'
import type { DataEngine } from '#core/ports'
import { join, name, sql, type Sql } from '#core/sql'
import { type FittedOn, originOf, withOrigin } from './fitted-on.ts'
import { bindStep } from './registry.ts'
import type { BoundStep, NamedSql, RowsSql, StepTable } from './step-type.ts'

/** A pipeline bound to the columns of a table. */
export interface Pipeline {
  readonly input: readonly Column[]
  readonly output: readonly Column[]
  readonly steps: readonly BoundStep[]
  readonly rowwise: boolean
  /** Number of the next new column. */
  readonly nextId: number
}

/** State by step id; a row-wise step needs none. */
export type PipelineState = Readonly<Record<string, Json>>

/**
 * Binds every step to the columns that the steps before leave; refused where one cannot be done as asked. A step that
 * learns its columns needs its state.
 */
export function compilePipeline(spec: PipelineSpec, columns: readonly Column[], state: PipelineState = {}): Result<Pipeline> {
  let pipeline = emptyPipelineOn(columns)
  for (const step of spec.steps) {
    const bound = bindNext(pipeline, step, { state: state[step.id] })
    if (!bound.ok) return bound
    pipeline = withStep(pipeline, bound.value)
  }
  return accept(pipeline)
}

/** The part of a pipeline whose columns are known, and the steps behind the first one that has yet to learn its columns. */
export interface KnownPipeline {
  readonly pipeline: Pipeline
  readonly behind: readonly StepSpec[]
}

/** As `compilePipeline`, up to and with the first step that has yet to learn which columns it makes: those are left out. */
export function compileKnown(spec: PipelineSpec, columns: readonly Column[], state: PipelineState = {}): Result<KnownPipeline> {
  let pipeline = emptyPipelineOn(columns)
  for (const [i, step] of spec.steps.entries()) {
    const bound = bindNext(pipeline, step, { state: state[step.id], toFit: true })
    if (!bound.ok) return bound
    pipeline = withStep(pipeline, bound.value)
    if (bound.value.learnsColumns && state[step.id] === undefined) return accept({ pipeline, behind: spec.steps.slice(i + 1) })
  }
  return accept({ pipeline, behind: [] })
}

function emptyPipelineOn(columns: readonly Column[], nextId = 1 + Math.max(-1, ...columns.map((column) => Number(column.id.slice(1))))): Pipeline {
  return { input: columns, output: columns, steps: [], rowwise: true, nextId }
}

/** Binds a step to what the pipeline leaves so far. */
function bindNext({ output, steps, nextId }: Pipeline, step: StepSpec, more: Pick<StepTable, 'state' | 'toFit'>): Result<BoundStep> {
  if (steps.some((other) => other.spec.id === step.id)) return refuse('CUSTOM_REFUSED', `Two steps have the id "${step.id}".`)
  return bindStep(step, { columns: output, nextId, ...more })
}

function withStep({ input, steps, rowwise, nextId }: Pipeline, step: BoundStep): Pipeline {
  return { input, output: [...step.after], steps: [...steps, step], rowwise: rowwise && step.rowwise, nextId: nextId + step.created.length }
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

export interface FitRequest {
  readonly data: DataEngine
  readonly table: Sql
  readonly tables: Readonly<Record<string, Hash>>
  readonly signal: AbortSignal
  /** Which rows `table` gives, in words for lineage: "training rows". */
  readonly side?: string
  /** Number of the first new column, where the table comes out of steps that took some already. */
  readonly nextId?: number
}

export interface FittedPipeline {
  readonly pipeline: Pipeline
  readonly state: PipelineState
}

/**
 * Binds and fits the steps one after another, each on the rows that the ones before give, so that a step may learn which
 * columns it makes.
 */
export async function fitSpec(spec: PipelineSpec, columns: readonly Column[], request: FitRequest): Promise<Result<FittedPipeline>> {
  const state: Record<string, Json> = {}
  let pipeline = emptyPipelineOn(columns, request.nextId)
  let origin: FittedOn | undefined
  for (const step of spec.steps) {
    const unfitted = bindNext(pipeline, step, { toFit: true })
    if (!unfitted.ok) return unfitted
    const rows = pipelineQuery({ ...pipeline, steps: stepsBehind(pipeline.steps, unfitted.value) }, request.table, state)
    const fitted = await unfitted.value.fit({ data: request.data, rows, tables: request.tables, signal: request.signal })
    if (!fitted.ok) return refuse(fitted.refusal.code, `Step "${step.id}" (${step.type}): ${fitted.refusal.message}`)
    if (!unfitted.value.rowwise) origin ??= await originOf(request)
    const learnt = unfitted.value.rowwise || origin === undefined ? fitted.value : withOrigin(fitted.value, origin)
    const bound = bindNext(pipeline, step, { state: learnt })
    if (!bound.ok) return bound
    state[step.id] = learnt
    pipeline = withStep(pipeline, bound.value)
  }
  return accept({ pipeline, state })
}

/** The state of a pipeline whose columns are known before it is fitted. */
export async function fitPipeline(pipeline: Pipeline, request: FitRequest): Promise<Result<PipelineState>> {
  const nextId = pipeline.nextId - pipeline.steps.reduce((sum, step) => sum + step.created.length, 0)
  const fitted = await fitSpec({ version: '2.0', steps: pipeline.steps.map((step) => step.spec) }, pipeline.input, { nextId, ...request })
  return fitted.ok ? accept(fitted.value.state) : fitted
}

/** The steps before one that its columns depend on; the others would only burden its queries. */
function stepsBehind(steps: readonly BoundStep[], next: BoundStep): BoundStep[] {
  const needed = new Set(next.contract.reads)
  const behind: BoundStep[] = []
  for (const step of steps.toReversed()) {
    const writes = [...step.contract.changes.map((change) => change.id), ...step.created.map((column) => column.id)]
    if (!writes.some((id) => needed.has(id))) continue
    for (const id of step.contract.reads) needed.add(id)
    behind.unshift(step)
  }
  return behind
}
