import type { Column } from '#core/dataset'
import type { Pipeline } from './compile-pipeline.ts'
import type { BoundStep } from './step-type.ts'

export interface GraphNode {
  readonly id: string
  readonly kind: 'table' | 'step' | 'model_input'
  readonly label: string
  /** Transformer of a step. */
  readonly type: string | null
  readonly columns: readonly string[]
}

export interface GraphEdge {
  readonly source: string
  readonly target: string
}

export interface LineageEdge {
  readonly from: string
  readonly to: string
  /** The steps on the way, in their order; empty where the values pass as they are. */
  readonly steps: ReadonlyArray<{ readonly id: string; readonly type: string; readonly text: string }>
}

/** The steps as nodes from the raw table to the model input; `inputs` are the columns that the model takes, if known. */
export function pipelineGraph(pipeline: Pipeline, inputs?: readonly string[]): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const names = (columns: readonly Column[]): string[] => columns.map((column) => column.name)
  const steps = pipeline.steps.map((step, i): GraphNode => ({
    id: `step:${i + 1}:${step.spec.id}`, kind: 'step', label: step.spec.description ?? step.spec.id, type: step.spec.type, columns: touchedNames(step),
  }))
  const nodes: GraphNode[] = [
    { id: 'raw', kind: 'table', label: 'Raw table', type: null, columns: names(pipeline.input) },
    ...steps,
    { id: 'model_input', kind: 'model_input', label: 'Model input', type: null, columns: inputs ?? names(pipeline.output) },
  ]
  const edges = nodes.slice(1).map((node, i) => ({ source: nodes[i]?.id ?? 'raw', target: node.id }))
  return { nodes, edges }
}

function touchedNames(step: BoundStep): string[] {
  const { changes, drops, renames } = step.contract
  const touched = new Set([...changes.map((change) => change.id), ...drops, ...renames.map((rename) => rename.id)])
  return [...step.before.filter((column) => touched.has(column.id)), ...step.created].map((column) => column.name)
}

/** From each raw column to each prepared column that is made of it, with what every step does on the way. */
export function pipelineLineage(pipeline: Pipeline): LineageEdge[] {
  let ways = pipeline.input.map((column): { from: string; id: string; steps: LineageEdge['steps'] } => ({ from: column.name, id: column.id, steps: [] }))
  for (const step of pipeline.steps) {
    const { contract } = step
    const entry = (id: string) => ({ id: step.spec.id, type: step.spec.type, text: step.describe(id) })
    const touched = new Set([...contract.changes.map((change) => change.id), ...contract.renames.map((rename) => rename.id)])
    const made = ways.flatMap((way) =>
      contract.creates.flatMap((creation, i) => {
        const created = step.created[i]
        return created !== undefined && creation.from.includes(way.id) ? [{ ...way, id: created.id, steps: [...way.steps, entry(created.id)] }] : []
      }),
    )
    const kept = ways.filter((way) => !contract.drops.includes(way.id)).map((way) => (touched.has(way.id) ? { ...way, steps: [...way.steps, entry(way.id)] } : way))
    ways = [...kept, ...made]
  }
  const names = new Map(pipeline.output.map((column) => [column.id, column.name]))
  return ways.map((way) => ({ from: way.from, to: names.get(way.id) ?? way.id, steps: way.steps }))
}
