import type { Edge, Node } from '@xyflow/react'
import type { ColumnLineageAnswer } from '#sdk/client'
import { type Graph, type GraphEdge, type GraphNode, layers } from './graph-model.ts'
import { type Layout, type Placed, sizeOf } from './layout.ts'

export type NodeData = Pick<GraphNode, 'kind' | 'title' | 'sub' | 'columns' | 'contribution'> & {
  /** On the way of the selected column. */
  readonly onPath: boolean
  readonly prediction: ColumnLineageAnswer['prediction']
}

export type EdgeData = Pick<GraphEdge, 'contribution' | 'leftOut'> & {
  readonly onPath: boolean
  readonly bends: readonly Placed[]
  /** Its width, by what the term adds. */
  readonly width: number
}

export type FlowNode = Node<NodeData, 'column' | 'prediction' | 'stop' | 'layer'>
export type FlowEdge = Edge<EdgeData, 'way'>

/** Above the nodes, for the names of the layers. */
export const headRoom = 34

interface Parts {
  readonly graph: Graph
  readonly layout: Layout
  readonly lineage: ColumnLineageAnswer
  readonly selected: string | null
}

/** The graph as the drawing library takes it, with the names of the layers above. */
export function flowOf({ graph, layout, lineage, selected }: Parts): { readonly nodes: FlowNode[]; readonly edges: FlowEdge[] } {
  const onPath = (columns: readonly string[]) => selected !== null && columns.includes(selected)
  const strongest = Math.max(1e-9, ...graph.edges.map(({ contribution }) => Math.abs(contribution ?? 0)))
  const nodes = graph.nodes.map((node): FlowNode => {
    const { id, kind, title, sub, columns, contribution } = node
    const data = { kind, title, sub, columns, contribution, onPath: onPath(columns), prediction: lineage.prediction }
    const type = kind === 'prediction' ? 'prediction' : kind === 'stop' || kind === 'label' ? 'stop' : 'column'
    return { id, type, position: { ...(layout.nodes.get(id) ?? { x: 0, y: 0 }) }, ...sizeOf(node), data }
  })
  const edges = graph.edges.map(({ id, source, target, columns, contribution, leftOut }): FlowEdge => {
    const along = onPath(columns)
    const width = contribution === null ? (along ? 2 : 1) : 1 + (6 * Math.abs(contribution)) / strongest
    return { id, type: 'way', source, target, zIndex: along ? 1 : 0, data: { contribution, leftOut, onPath: along, bends: layout.bends.get(id) ?? [], width } }
  })
  return { nodes: [...heads(layout), ...nodes], edges }
}

function heads({ layers: lefts }: Layout): FlowNode[] {
  return [...lefts].map(([layer, x]): FlowNode => {
    const data = { kind: 'raw' as const, title: layers[layer] ?? '', sub: '', columns: [], contribution: null, onPath: false, prediction: null }
    return { id: `layer:${layer}`, type: 'layer', position: { x, y: -headRoom }, width: 156, height: 20, selectable: false, data }
  })
}
