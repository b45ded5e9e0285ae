import type { Column, Table } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import type { Featured, Labelled } from '#core/outcomes'
import { join, name, sql } from '#core/sql'
import type { StepSpec } from '#core/pipeline-spec'
import type { Facts, Tools } from '#phases/phase'
import { fitSpec, type Pipeline, pipelineQuery, type PipelineState } from '#steps/compile-pipeline'
import { combineDecisions } from './combine.ts'
import { finalColumns } from './final-columns.ts'
import { fixedColumns, readLabelled } from './read-labelled.ts'
import type { FeatureDecision } from './schema.ts'

/** The table, pipeline and features after some decisions of this phase, oldest first. */
export async function buildFeatured(
  facts: Facts,
  decisions: readonly FeatureDecision[],
  tools: Tools,
): Promise<Result<Featured>> {
  const labelled = readLabelled(facts)
  const before = labelled.spec.steps
  const { steps, left_out, added } = combineDecisions(decisions, before)
  const all = new Map([...labelled.left_out, ...left_out].map((one) => [one.column, one]))
  const request = {
    columns: facts.table.columns,
    before,
    steps,
    fixed: fixedColumns(labelled),
    label: labelled.label.id,
    features: labelled.features,
    left_out: [...all.values()],
    added,
  }
  const known = finalColumns(request)
  if (!known.ok) return known
  const state = await fitOnTraining(labelled, { steps, pipeline: known.value.pipeline }, tools)
  if (!state.ok) return state
  const final = finalColumns({ ...request, state: state.value })
  if (!final.ok) return final
  const marked = steps.length === 0 ? unchanged(labelled) : await materialise(labelled, { pipeline: final.value.pipeline, state: state.value }, tools)
  return accept({
    ...labelled,
    ...marked,
    spec: { version: '2.0', steps: [...before, ...steps] },
    features: [...final.value.features],
    left_out: [...final.value.left_out],
    added: [...final.value.added],
    ...(final.value.pipeline.rowwise ? {} : { state: plainState(state.value) }),
  })
}

type Marked = Pick<Featured, 'table' | 'sealed' | 'group'>

function unchanged({ table, sealed, group }: Labelled): Marked {
  return { table, sealed, group }
}

/** What the new steps learn, from the training rows alone. */
async function fitOnTraining(labelled: Labelled, { steps, pipeline }: { steps: readonly StepSpec[]; pipeline: Pipeline }, { data, signal }: Tools): Promise<Result<PipelineState>> {
  if (steps.length === 0) return accept({})
  const nextId = pipeline.nextId - pipeline.steps.reduce((sum, step) => sum + step.created.length, 0)
  const table = sql`(select * from l where not ${name(labelled.sealed)}) r`
  const fitted = await fitSpec({ version: '2.0', steps: [...steps] }, pipeline.input, { data, table, tables: { l: labelled.table.hash }, signal, side: 'training rows', nextId })
  return fitted.ok ? accept(fitted.value.state) : fitted
}

/** A state is JSON by its type, so that its text holds all of it. */
function plainState(state: PipelineState): NonNullable<Featured['state']> {
  return JSON.parse(JSON.stringify(state))
}

/** The labelled rows after the new steps, with the marks of sealed rows and groups beside them. */
async function materialise(labelled: Labelled, { pipeline, state }: { pipeline: Pipeline; state: PipelineState }, tools: Tools): Promise<Marked> {
  const { data, signal } = tools
  const tables = { l: labelled.table.hash }
  const { sealed, group } = markColumns(pipeline)
  const kept = pipeline.output.map((column) => sql`p.${name(column.id)}`)
  const marks = [
    sql`l.${name(labelled.sealed)} as ${name(sealed.id)}`,
    sql`l.${name(labelled.group)} as ${name(group.id)}`,
  ]
  const rows = pipelineQuery(pipeline, name('l'), state)
  const query = sql`select p.row_id as row_id, ${join([...kept, ...marks])} from (${rows}) p join l on p.row_id = l.row_id`
  const table: Table = await data.materialise(
    { query, tables, columns: [...pipeline.output, sealed, group] },
    { signal },
  )
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
