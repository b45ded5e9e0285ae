import '@xyflow/react/dist/base.css'
import { Controls, ReactFlow, ReactFlowProvider } from '@xyflow/react'
import { useMemo } from 'react'
import type { ColumnLineageAnswer } from '#sdk/client'
import { ErrorState } from '#studio/components/error-state.tsx'
import { graphOf } from './graph-model.ts'
import { edgeTypes } from './graph-edge.tsx'
import { flowOf } from './graph-flow.ts'
import { nodeTypes } from './graph-nodes.tsx'
import type { Path } from './paths.ts'
import { useLayout } from './use-layout.ts'
import styles from './graph.module.css'

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
  const flow = useMemo(() => (layout === null ? null : flowOf({ graph, layout, lineage, selected })), [graph, layout, lineage, selected])
  if (error !== null) return <ErrorState error={error} />
  return (
    <section className={styles.graph} aria-label="Graph of the ways; the list says the same">
      {flow === null ? <p className={`sub ${styles.wait}`}>Laying out {graph.nodes.length.toLocaleString('en-US')} nodes</p> : (
        <ReactFlowProvider>
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
            fitView
            fitViewOptions={{ padding: 0.02, minZoom: 0.5, maxZoom: 1 }}
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
        </ReactFlowProvider>
      )}
    </section>
  )
}
