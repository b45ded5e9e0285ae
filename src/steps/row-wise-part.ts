import type { Column, Table } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import type { Hash } from '#core/hash'
import type { PipelineSpec } from '#core/pipeline-spec'
import type { DataEngine } from '#core/ports'
import { name, type Sql } from '#core/sql'
import { bindKnown } from './bind-known.ts'
import { compilePipeline, fitPipeline, fitSpec, type FittedPipeline, pipelineQuery } from './compile-pipeline.ts'

interface Source {
  readonly columns: readonly Column[]
  readonly table: Sql
  readonly tables: Readonly<Record<string, Hash>>
}

interface Tools {
  readonly data: DataEngine
  readonly signal: AbortSignal
}

/** Rows behind the steps up to the first one that learns; the others can be fitted on any of them, again and again. */
export interface RowwisePart {
  readonly table: Table
  readonly columns: readonly Column[]
  readonly rest: PipelineSpec
  readonly nextId: number
}

/** Works the steps before the first one that learns out, once for all fits of the others. */
export async function storeRowwise(spec: PipelineSpec, { columns, table, tables }: Source, { data, signal }: Tools): Promise<Result<RowwisePart>> {
  const known = bindKnown(spec, columns)
  if (!known.ok) return known
  const first = known.value.findIndex(({ bound }) => bound?.rowwise !== true)
  const count = first < 0 ? spec.steps.length : first
  const pipeline = compilePipeline({ ...spec, steps: spec.steps.slice(0, count) }, columns)
  if (!pipeline.ok) return pipeline
  const { output, nextId } = pipeline.value
  const fitted = await fitPipeline(pipeline.value, { data, table, tables, signal })
  if (!fitted.ok) return fitted
  const stored = await data.materialise({ query: pipelineQuery(pipeline.value, table, fitted.value), tables, columns: output }, { signal })
  return accept({ table: stored, columns: output, rest: { ...spec, steps: spec.steps.slice(count) }, nextId })
}

/** Fits the steps that are left on some of the stored rows, and gives the query of all of them. */
export async function fitRest(part: RowwisePart, learning: Sql, { data, signal }: Tools): Promise<Result<FittedPipeline & { readonly query: Sql; readonly tables: Source['tables'] }>> {
  const tables = { stored: part.table.hash }
  const fitted = await fitSpec(part.rest, part.columns, { data, table: learning, tables, signal, side: 'learning rows of a fold', nextId: part.nextId })
  if (!fitted.ok) return fitted
  return accept({ ...fitted.value, tables, query: pipelineQuery(fitted.value.pipeline, name('stored'), fitted.value.state) })
}
