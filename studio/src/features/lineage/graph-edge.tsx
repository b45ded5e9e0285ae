import { BaseEdge, getBezierPath, type EdgeProps } from '@xyflow/react'
import type { FlowEdge } from './graph-flow.ts'
import styles from './graph.module.css'

/** A way between two nodes: round others by the bends of the layout, and as wide as what a term adds. */
function WayEdge(edge: EdgeProps<FlowEdge>) {
  const { data, sourceX, sourceY, targetX, targetY } = edge
  if (data === undefined) return null
  const { bends, width, onPath, leftOut, contribution } = data
  const [curve] = getBezierPath(edge)
  const path = bends.length === 0 || contribution !== null ? curve : `M${[{ x: sourceX, y: sourceY }, ...bends, { x: targetX, y: targetY }].map(({ x, y }) => `${x} ${y}`).join('L')}`
  const tone = contribution === null ? (onPath ? styles.run : '') : contribution > 0 ? styles.raises : styles.lowers
  return <BaseEdge id={edge.id} path={path} className={`${styles.edge} ${tone} ${leftOut ? styles.dashed : ''} ${onPath || contribution === null ? '' : styles.aside}`} style={{ strokeWidth: width }} interactionWidth={0} />
}

export const edgeTypes = { way: WayEdge }
