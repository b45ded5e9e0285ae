import type { Column, Table } from '#core/dataset'
import type { Result } from '#core/errors'
import type { StepSpec } from '#core/pipeline-spec'
import type { DataEngine } from '#core/ports'
import { join, name, sql } from '#core/sql'
import { fitSpec, type FittedPipeline, type Pipeline, pipelineQuery } from './compile-pipeline.ts'
import { refuseTestRows } from './refuse-test-rows.ts'

/** Labelled rows with two columns beside them: `sealed` marks test rows, `group` rows that stay together. */
export interface MarkedRows {
  readonly table: Table
  readonly sealed: string
  readonly group: string
}

interface Tools {
  readonly data: DataEngine
  readonly signal: AbortSignal
}

/** Steps over the columns of marked rows, and the number of the first column that they make. */
interface NewSteps {
  readonly steps: readonly StepSpec[]
  readonly columns: readonly Column[]
  readonly nextId: number
}

/** What the steps learn of the training rows alone, and the columns that they give. */
export async function fitOnTraining(marked: MarkedRows, { steps, columns, nextId }: NewSteps, { data, signal }: Tools): Promise<Result<FittedPipeline>> {
  const table = sql`(select * from l where not ${name(marked.sealed)}) r`
  const source = { data, table, tables: { l: marked.table.hash }, signal }
  const guarded = await refuseTestRows({ ...source, sealed: sql`select row_id from l where ${name(marked.sealed)}` })
  if (!guarded.ok) return guarded
  return fitSpec({ version: '2.0', steps: [...steps] }, columns, { ...source, side: 'training rows', nextId })
}

/** The rows of both sides after fitted steps, with their marks beside them. */
export async function prepareMarked(marked: MarkedRows, { pipeline, state }: FittedPipeline, { data, signal }: Tools): Promise<MarkedRows> {
  const { sealed, group } = markColumns(pipeline)
  const kept = pipeline.output.map((column) => sql`p.${name(column.id)}`)
  const marks = [sql`l.${name(marked.sealed)} as ${name(sealed.id)}`, sql`l.${name(marked.group)} as ${name(group.id)}`]
  const rows = pipelineQuery(pipeline, name('l'), state)
  const query = sql`select p.row_id as row_id, ${join([...kept, ...marks])} from (${rows}) p join l on p.row_id = l.row_id`
  const table = await data.materialise({ query, tables: { l: marked.table.hash }, columns: [...pipeline.output, sealed, group] }, { signal })
  return { table, sealed: sealed.id, group: group.id }
}

/** Ids behind all that the steps made, also of columns that they dropped again; names that are free. */
function markColumns(pipeline: Pipeline): { sealed: Column; group: Column } {
  const next = pipeline.nextId
  const taken = new Set(pipeline.output.map((column) => column.name))
  const free = (wanted: string): string => {
    let text = wanted
    for (let i = 2; taken.has(text); i++) text = `${wanted}_${i}`
    return text
  }
  return {
    sealed: { id: `c${next}`, name: free('sealed'), type: 'boolean' },
    group: { id: `c${next + 1}`, name: free('group'), type: 'integer' },
  }
}
