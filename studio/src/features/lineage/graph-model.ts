import type { ColumnLineageAnswer, LineageColumn } from '#sdk/client'
import type { Path, PathStep } from './paths.ts'

export const layers = ['Raw column', 'Preparation', 'Features', 'Term', 'Prediction'] as const

export interface GraphNode {
  readonly id: string
  readonly kind: 'raw' | 'step' | 'feature' | 'term' | 'prediction' | 'stop' | 'label'
  /** Which of the layers it stands in. */
  readonly layer: number
  readonly title: string
  readonly sub: string
  /** The raw columns whose way leads through it. */
  readonly columns: readonly string[]
  readonly contribution: number | null
}

export interface GraphEdge {
  readonly id: string
  readonly source: string
  readonly target: string
  readonly columns: readonly string[]
  /** Of a term to the prediction. */
  readonly contribution: number | null
  readonly leftOut: boolean
}

export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
}

/** The graph of all ways, from left to right by phase. A column that no step touches goes straight to its term. */
export function graphOf(paths: readonly Path[], lineage: ColumnLineageAnswer): Graph {
  const nodes = new Map<string, GraphNode>()
  const edges = new Map<string, GraphEdge>()
  const add = (node: Omit<GraphNode, 'columns'>, column: string) => {
    const before = nodes.get(node.id)?.columns ?? []
    nodes.set(node.id, { ...node, columns: before.includes(column) ? before : [...before, column] })
    return node.id
  }
  const connect = (source: string, target: string, { column, contribution = null, leftOut = false }: { column: string; contribution?: number | null; leftOut?: boolean }) => {
    const id = `${source} → ${target}`
    const before = edges.get(id)?.columns ?? []
    edges.set(id, { id, source, target, columns: before.includes(column) ? before : [...before, column], contribution, leftOut })
    return target
  }
  for (const path of paths) {
    const column = path.raw.name
    let at = add({ id: path.raw.id, kind: 'raw', layer: 0, title: column, sub: valueText(path.raw), contribution: null }, column)
    for (const node of betweenOf(path)) at = connect(at, add(node, column), { column })
    for (const term of path.terms) {
      const contribution = term.contribution ?? null
      const to = connect(at, add({ id: term.id, kind: 'term', layer: 3, title: term.name, sub: '', contribution }, column), { column })
      if (lineage.prediction !== null) connect(to, add(predictionNode(lineage.prediction), column), { column, contribution })
    }
    if (path.terms.length === 0 && path.reason !== null) {
      const label = path.end === 'label'
      connect(at, add({ id: `end:${path.prepared?.id ?? path.raw.id}`, kind: label ? 'label' : 'stop', layer: Math.max(1, (nodes.get(at)?.layer ?? 0) + 1), title: label ? 'The label' : 'Left out', sub: path.reason, contribution: null }, column), { column, leftOut: true })
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] }
}

/** The steps of each phase as one node, and the feature that they make, where it is another column than before. */
function betweenOf({ raw, prepared, partners, steps }: Path): Omit<GraphNode, 'columns'>[] {
  const preparing = steps.filter(({ phase }) => phase !== 'feature_engineering')
  const engineering = steps.filter(({ phase }) => phase === 'feature_engineering')
  const made = prepared !== null && (engineering.length > 0 || partners.length > 0 || prepared.name !== raw.name)
  const node = preparing.length === 0 ? [] : [stepNode(`${raw.id} → ${prepared?.id ?? 'dropped'}: preparation`, preparing)]
  if (!made) return node
  return [...node, { id: prepared.id, kind: 'feature', layer: 2, title: prepared.name, sub: valueText(prepared) || textOf(engineering.length > 0 ? engineering : preparing), contribution: null }]
}

function stepNode(id: string, steps: readonly PathStep[]): Omit<GraphNode, 'columns'> {
  const [first] = steps
  return { id, kind: 'step', layer: 1, title: steps.length === 1 && first !== undefined ? first.label : `${steps.length} steps`, sub: textOf(steps), contribution: null }
}

function textOf(steps: readonly PathStep[]): string {
  return steps.map(({ text }) => text).join('; ')
}

function predictionNode({ prediction, explained }: NonNullable<ColumnLineageAnswer['prediction']>): Omit<GraphNode, 'columns'> {
  return { id: 'prediction', kind: 'prediction', layer: 4, title: String(prediction), sub: explained === null ? '' : `score of ${explained}`, contribution: null }
}

/** What the row says there; empty where no row is looked at. */
export function valueText({ value }: LineageColumn): string {
  return value === undefined ? '' : value === null ? 'missing' : String(value)
}
