import { accept, type Result } from '#core/errors'
import { pipelineGraph, stepNode, type GraphNode } from '#steps/pipeline-graph'
import { stepEffect } from '#steps/step-effect'
import type { BoundStep } from '#steps/step-type'
import type { DagNode, PreprocessingDagAnswer } from '#wire/preprocessing-dag'
import type { ServiceInput } from './ports.ts'
import { preparedData, type PreparedData } from './prepared-data.ts'
import { previewRows } from './preview-rows.ts'
import type { Caller } from './signalbox.ts'

/** The steps from the raw table to the model input, as far as they are decided, with what each did to the rows. */
export async function preprocessingDag(input: ServiceInput, caller: Caller, runId: string): Promise<Result<PreprocessingDagAnswer>> {
  const found = await preparedData(input, caller, runId)
  if (!found.ok) return found
  const data = found.value
  const graph = pipelineGraph(data.pipeline, data.inputs)
  const nodes: DagNode[] = []
  for (const node of graph.nodes) nodes.push(await nodeOf(input, data, node))
  return accept({ nodes, edges: graph.edges.map(({ columns, ...edge }) => ({ ...edge, columns: [...columns] })) })
}

async function nodeOf(input: ServiceInput, data: PreparedData, { id, kind, label, columns }: GraphNode): Promise<DagNode> {
  const { raw, pipeline, inputs, left_out, stepPhases } = data
  const base = { id, label, columns: [...columns], phase: null, text: null, effect: null }
  if (kind === 'table') return { ...base, type: 'raw_table', detail: { rows: raw.rows, columns: raw.columns.length } }
  if (kind === 'model_input') {
    return { ...base, type: 'model_input', detail: { columns: inputs.length, left_out: left_out.map(({ name, reason, text }) => ({ column: name, reason, text })) } }
  }
  const place = pipeline.steps.findIndex((step, i) => stepNode(step, i) === id)
  const step = pipeline.steps[place]
  if (step === undefined) throw new Error('a node of the graph without its step')
  const detail = { type: step.spec.type, params: step.spec.params, learns: !step.rowwise }
  return { ...base, type: 'step', phase: stepPhases[place] ?? null, detail, text: textOf(step), effect: await effectOf(input, data, place) }
}

const mostTexts = 20

/** What it does to each column that it touches; columns of one text share it. */
function textOf(step: BoundStep): string {
  const { changes, drops, renames } = step.contract
  const ids = [...new Set([...changes.map(({ id }) => id), ...drops, ...renames.map(({ id }) => id), ...step.created.map(({ id }) => id)])]
  const nameOf = (id: string) => [...step.before, ...step.created].find((column) => column.id === id)?.name ?? id
  const groups = [...Map.groupBy(ids, (id) => step.describe(id))]
  const texts = groups.slice(0, mostTexts).map(([text, of]) => `${of.slice(0, mostTexts).map((id) => JSON.stringify(nameOf(id))).join(', ')}${of.length > mostTexts ? ', …' : ''}: ${text}`)
  return `${texts.join('; ')}${groups.length > mostTexts ? '; …' : ''}`
}

const mostRows = 100_000

async function effectOf(input: ServiceInput, { raw, pipeline, state }: PreparedData, place: number): Promise<DagNode['effect']> {
  const rows = previewRows(input, raw, { steps: pipeline.steps.map(({ spec }) => spec), most: mostRows })
  const { rows_before, rows_changed, nulls_filled, nulls_made, columns, sample } = await stepEffect(pipeline, place, { rows, state })
  const counts = columns.map(({ after, changed_cells, nulls_before, nulls_after }) => [after.name, { changed_cells, nulls_before, nulls_after }] as const)
  return { rows: rows_before, rows_changed, nulls_filled, nulls_made, columns: Object.fromEntries(counts), sample: sample.map(({ before, after }) => ({ before: { ...before }, after: { ...after } })) }
}
