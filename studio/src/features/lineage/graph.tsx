import '@xyflow/react/dist/base.css'
import { Controls, ReactFlow, type ReactFlowInstance } from '@xyflow/react'
import { useMemo, useRef } from 'react'
import type { ColumnLineageAnswer } from '#sdk/client'
import { ErrorState } from '#studio/components/error-state.tsx'
import { graphOf } from './graph-model.ts'
import { edgeTypes } from './graph-edge.tsx'
import { type FlowEdge, type FlowNode, flowOf, headRoom } from './graph-flow.ts'
import { nodeTypes } from './graph-nodes.tsx'
import type { Path } from './paths.ts'
import { useLayout } from './use-layout.ts'
import styles from './graph.module.css'

const margin = 16
const smallest = 0.72

export interface GraphProps {
  readonly paths: readonly Path[]
  readonly lineage: ColumnLineageAnswer
  readonly selected: string | null
  readonly onSelect: (column: string) => void
}

/** The ways of all columns to zoom and to drag. What can be clicked here can be reached by key in the list, which says the same. */
export function Graph({ paths, lineage, selected, onSelect }: GraphProps) {
  const graph = useMemo(() => graphOf(paths, lineage), [paths, lineage])
  const { layout, error } = useLayout(graph)
  const box = useRef<HTMLElement>(null)
  const flow = useMemo(() => (layout === null ? null : flowOf({ graph, layout, lineage, selected })), [graph, layout, lineage, selected])
  // As wide as the panel where that stays readable, and from the top: the rest is scrolled or dragged to.
  const begin = (flowing: ReactFlowInstance<FlowNode, FlowEdge>) => {
    if (layout === null || box.current === null) return
    const zoom = Math.min(1, Math.max(smallest, box.current.clientWidth / (layout.width + 2 * margin)))
    void flowing.setViewport({ x: margin * zoom, y: (headRoom + margin) * zoom, zoom })
  }
  if (error !== null) return <ErrorState error={error} />
  return (
    <section ref={box} className={styles.graph} style={layout === null ? undefined : { height: `clamp(360px, ${Math.round(layout.height + headRoom + 2 * margin)}px, 1100px)` }} aria-label="Graph of the ways; the list says the same">
      {flow === null ? <p className={`sub ${styles.wait}`}>Laying out {graph.nodes.length.toLocaleString('en-US')} nodes</p> : (
        <ReactFlow
          nodes={flow.nodes}
          edges={flow.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodeClick={(_, { data }) => (data.columns[0] === undefined ? undefined : onSelect(data.columns.includes(selected ?? '') ? (selected ?? '') : data.columns[0]))}
          onlyRenderVisibleElements
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          zoomOnDoubleClick={false}
          preventScrolling={false}
          zoomOnScroll={false}
          onInit={begin}
          minZoom={0.1}
          maxZoom={2}
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          disableKeyboardA11y
          proOptions={{ hideAttribution: true }}
        >
          <Controls showInteractive={false} orientation="horizontal" position="top-right" />
        </ReactFlow>
      )}
    </section>
  )
}
