import ELK, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import type { Graph, GraphNode } from './graph-model.ts'

export interface Placed {
  readonly x: number
  readonly y: number
}

export interface Layout {
  readonly nodes: ReadonlyMap<string, Placed>
  /** Where an edge bends on its way round nodes that are not its own. */
  readonly bends: ReadonlyMap<string, readonly Placed[]>
  readonly width: number
  readonly height: number
  /** Left edge of each layer that has a node. */
  readonly layers: ReadonlyMap<number, number>
}

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.partitioning.activate': 'true',
  'elk.separateConnectedComponents': 'false',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.edgeRouting': 'POLYLINE',
  'elk.layered.spacing.nodeNodeBetweenLayers': '56',
  'elk.spacing.nodeNode': '11',
  'elk.spacing.edgeNode': '11',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
}

/** Nodes are 156 by 38; what says a sentence has more room. */
export function sizeOf({ kind }: Pick<GraphNode, 'kind'>): { readonly width: number; readonly height: number } {
  if (kind === 'prediction') return { width: 172, height: 86 }
  if (kind === 'stop' || kind === 'label') return { width: 260, height: 38 }
  return { width: kind === 'term' ? 172 : 156, height: 38 }
}

/** Places the nodes in a worker of its own, so that a wide table does not hold up the page. */
export async function layOut(graph: Graph, signal: AbortSignal): Promise<Layout> {
  const elk = new ELK({ workerFactory: () => new Worker(workerUrl) })
  const stop = () => elk.terminateWorker()
  signal.addEventListener('abort', stop)
  try {
    const children = graph.nodes.map((node): ElkNode => ({ id: node.id, ...sizeOf(node), layoutOptions: { 'elk.partitioning.partition': String(node.layer) } }))
    const edges = graph.edges.map(({ id, source, target }): ElkExtendedEdge => ({ id, sources: [source], targets: [target] }))
    return read(await elk.layout({ id: 'root', layoutOptions: options, children, edges }), graph)
  } finally {
    signal.removeEventListener('abort', stop)
    elk.terminateWorker()
  }
}

function read({ children = [], edges = [], width = 0, height = 0 }: ElkNode, graph: Graph): Layout {
  const nodes = new Map(children.map(({ id, x = 0, y = 0 }) => [id, { x, y }]))
  const layers = new Map<number, number>()
  for (const { id, layer, kind } of graph.nodes) {
    const at = nodes.get(id)
    if (at !== undefined && kind !== 'stop' && kind !== 'label') layers.set(layer, Math.min(layers.get(layer) ?? Number.POSITIVE_INFINITY, at.x))
  }
  return { nodes, layers, width, height, bends: new Map(edges.map(({ id, sections = [] }) => [id, sections.flatMap(({ bendPoints = [] }) => bendPoints)])) }
}
