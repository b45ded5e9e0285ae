import { accept, type Result } from '#core/errors'
import type { PhaseName } from '#core/phase-names'
import { pipelineGraph } from '#steps/pipeline-graph'
import type { DagNode, PreprocessingDagAnswer } from '#wire/preprocessing-dag'
import type { ServiceInput } from './ports.ts'
import { preparedData, type PreparedData } from './prepared-data.ts'
import type { Caller } from './signalbox.ts'

/** The steps from the raw table to the model input, as far as they are decided. */
export async function preprocessingDag(input: ServiceInput, caller: Caller, runId: string): Promise<Result<PreprocessingDagAnswer>> {
  const found = await preparedData(input, caller, runId)
  if (!found.ok) return found
  const data = found.value
  const graph = pipelineGraph(data.pipeline, data.inputs)
  const nodes = graph.nodes.map((node): DagNode => {
    const type = node.kind === 'table' ? 'raw_table' : node.kind
    const phase = node.kind === 'step' ? phaseOf(data, node.id) : null
    return { id: node.id, type, label: node.label, phase, columns: [...node.columns], detail: detailOf(data, node) }
  })
  return accept({ nodes, edges: graph.edges.map(({ source, target }) => ({ source, target })) })
}

function phaseOf({ pipeline, stepPhases }: PreparedData, id: string): PhaseName | null {
  const place = pipeline.steps.findIndex(({ spec }, i) => id === `step:${i + 1}:${spec.id}`)
  return stepPhases[place] ?? null
}

function detailOf({ raw, pipeline, inputs, left_out }: PreparedData, node: { id: string; kind: string; type: string | null }): DagNode['detail'] {
  if (node.kind === 'table') return { rows: raw.rows, columns: raw.columns.length }
  if (node.kind === 'model_input') return { columns: inputs.length, left_out: left_out.map(({ name, reason, text }) => ({ column: name, reason, text })) }
  const step = pipeline.steps.find(({ spec }, i) => node.id === `step:${i + 1}:${spec.id}`)
  return step === undefined ? null : { type: step.spec.type, params: step.spec.params }
}
