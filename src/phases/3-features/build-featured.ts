import type { Column, Table } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import type { Featured, Labelled } from '#core/outcomes'
import { join, name, sql } from '#core/sql'
import type { Facts, Tools } from '#phases/phase'
import { fitPipeline, type Pipeline, pipelineQuery } from '#steps/compile-pipeline'
import { refuseTestRows } from '#steps/refuse-test-rows'
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
  const final = finalColumns({
    columns: facts.table.columns,
    before,
    steps,
    fixed: fixedColumns(labelled),
    label: labelled.label.id,
    features: labelled.features,
    left_out: [...all.values()],
    added,
  })
  if (!final.ok) return final
  const { pipeline } = final.value
  const marked = steps.length === 0 ? accept(unchanged(labelled)) : await materialise(labelled, pipeline, tools)
  if (!marked.ok) return marked
  return accept({
    ...labelled,
    ...marked.value,
    spec: { version: '2.0', steps: [...before, ...steps] },
    features: [...final.value.features],
    left_out: [...final.value.left_out],
    added: [...final.value.added],
  })
}

type Marked = Pick<Featured, 'table' | 'sealed' | 'group'>

function unchanged({ table, sealed, group }: Labelled): Marked {
  return { table, sealed, group }
}

/** The labelled rows after the new steps, with the marks of sealed rows and groups beside them. */
async function materialise(labelled: Labelled, pipeline: Pipeline, tools: Tools): Promise<Result<Marked>> {
  const { data, signal } = tools
  const tables = { l: labelled.table.hash }
  const training = sql`(select * from l where not ${name(labelled.sealed)}) r`
  const source = { data, table: training, tables, signal }
  const guarded = await refuseTestRows(pipeline, { ...source, sealed: sql`select row_id from l where ${name(labelled.sealed)}` })
  if (!guarded.ok) return guarded
  const fitted = await fitPipeline(pipeline, source)
  if (!fitted.ok) return fitted
  const { sealed, group } = markColumns(pipeline)
  const kept = pipeline.output.map((column) => sql`p.${name(column.id)}`)
  const marks = [
    sql`l.${name(labelled.sealed)} as ${name(sealed.id)}`,
    sql`l.${name(labelled.group)} as ${name(group.id)}`,
  ]
  const rows = pipelineQuery(pipeline, name('l'), fitted.value)
  const query = sql`select p.row_id as row_id, ${join([...kept, ...marks])} from (${rows}) p join l on p.row_id = l.row_id`
  const table: Table = await data.materialise(
    { query, tables, columns: [...pipeline.output, sealed, group] },
    { signal },
  )
  return accept({ table, sealed: sealed.id, group: group.id })
}

/** Ids behind all that the steps made, also of columns that they dropped again; names that are free. */
function markColumns(pipeline: Pipeline): { sealed: Column; group: Column } {
  const made = pipeline.steps.flatMap((step) => step.created)
  const next = 1 + Math.max(...[...pipeline.input, ...made].map((column) => Number(column.id.slice(1))))
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
