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
  /** What goes along it, by the names that it has at the source. */
  readonly columns: readonly string[]
}

export interface LineageEdge {
  readonly from: string
  readonly to: string
  /** The steps on the way, in their order; empty where the values pass as they are. A rename changes no value. */
  readonly steps: ReadonlyArray<{ readonly id: string; readonly type: string; readonly text: string; readonly does: 'rename' | 'change' | 'create' }>
}

/** The steps as nodes from the raw table to the model input; `inputs` are the columns that the model takes, if known. */
export function pipelineGraph(pipeline: Pipeline, inputs?: readonly string[]): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const names = (columns: readonly Column[]): string[] => columns.map((column) => column.name)
  const steps = pipeline.steps.map((step, i): GraphNode => ({
    id: stepNode(step, i), kind: 'step', label: step.spec.description ?? step.spec.id, type: step.spec.type, columns: touchedNames(step),
  }))
  const nodes: GraphNode[] = [
    { id: 'raw', kind: 'table', label: 'Raw table', type: null, columns: names(pipeline.input) },
    ...steps,
    { id: 'model_input', kind: 'model_input', label: 'Model input', type: null, columns: inputs ?? names(pipeline.output) },
  ]
  return { nodes, edges: edgesOf(pipeline, inputs) }
}

/** To each step from whoever last wrote what it takes, and so to the model input; at least the raw table leads to it. */
function edgesOf({ input, output, steps }: Pipeline, inputs?: readonly string[]): GraphEdge[] {
  const writer = new Map(input.map(({ id, name }) => [id, { node: 'raw', name }]))
  const edges: GraphEdge[] = []
  const lead = (ids: Iterable<string>, target: string): void => {
    const bySource = Map.groupBy([...new Set(ids)].flatMap((id) => writer.get(id) ?? []), ({ node }) => node)
    for (const [source, taken] of bySource) edges.push({ source, target, columns: taken.map(({ name }) => name) })
  }
  for (const [i, step] of steps.entries()) {
    const node = stepNode(step, i)
    const { reads, changes, drops, renames } = step.contract
    const written = [...changes.map(({ id }) => id), ...renames.map(({ id }) => id), ...step.created.map(({ id }) => id)]
    lead([...reads, ...changes.map(({ id }) => id), ...drops, ...renames.map(({ id }) => id)], node)
    for (const id of written) writer.set(id, { node, name: step.after.find((column) => column.id === id)?.name ?? id })
    for (const id of drops) writer.delete(id)
  }
  lead(output.filter(({ name }) => inputs?.includes(name) ?? true).map(({ id }) => id), 'model_input')
  return edges.some(({ target }) => target === 'model_input') ? edges : [...edges, { source: 'raw', target: 'model_input', columns: [] }]
}

export function stepNode({ spec }: BoundStep, place: number): string {
  return `step:${place + 1}:${spec.id}`
}

function touchedNames(step: BoundStep): string[] {
  const { changes, drops, renames } = step.contract
  const touched = new Set([...changes.map((change) => change.id), ...drops, ...renames.map((rename) => rename.id)])
  return [...step.before.filter((column) => touched.has(column.id)), ...step.created].map((column) => column.name)
}

/** From each raw column to each prepared column that is made of it, with what every step does on the way. */
export function pipelineLineage(pipeline: Pipeline): LineageEdge[] {
  let ways = pipeline.input.map((column): Way => ({ from: column.name, id: column.id, steps: [] }))
  for (const step of pipeline.steps) ways = waysThrough(step, ways)
  const names = new Map(pipeline.output.map((column) => [column.id, column.name]))
  return ways.map((way) => ({ from: way.from, to: names.get(way.id) ?? way.id, steps: way.steps }))
}

interface Way {
  readonly from: string
  readonly id: string
  readonly steps: LineageEdge['steps']
}

/** A column that is made anew out of others leads back to those, and no longer to what it was. */
function waysThrough(step: BoundStep, ways: readonly Way[]): Way[] {
  const { changes, creates, drops, renames } = step.contract
  const through = (way: Way, id: string, does: LineageEdge['steps'][number]['does']): Way => {
    return { from: way.from, id, steps: [...way.steps, { id: step.spec.id, type: step.spec.type, text: step.describe(id), does }] }
  }
  const sources = new Map(changes.map((change) => [change.id, change.from ?? [change.id]]))
  const kept = ways.flatMap((way): Way[] => {
    if (drops.includes(way.id) || sources.has(way.id)) return []
    return [renames.some((rename) => rename.id === way.id) ? through(way, way.id, 'rename') : way]
  })
  const changed = changes.flatMap(({ id }) => ways.filter((way) => sources.get(id)?.includes(way.id)).map((way) => through(way, id, 'change')))
  const made = creates.flatMap(({ from }, i) => {
    const created = step.created[i]
    return created === undefined ? [] : ways.filter((way) => from.includes(way.id)).map((way) => through(way, created.id, 'create'))
  })
  return [...kept, ...changed, ...made]
}
