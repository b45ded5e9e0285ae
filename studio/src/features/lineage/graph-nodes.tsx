import { Handle, Position, type NodeProps } from '@xyflow/react'
import { Glyph } from '#studio/components/signal.tsx'
import { share, signed } from '#studio/lib/numbers.ts'
import type { FlowNode } from './graph-flow.ts'
import styles from './graph.module.css'

function Handles() {
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  )
}

function ColumnNode({ data: { kind, title, sub, contribution, onPath } }: NodeProps<FlowNode>) {
  return (
    <div className={`${styles.node} ${onPath ? styles.onPath : ''}`} title={sub === '' ? title : `${title}: ${sub}`}>
      <Handles />
      <span className={`cut ${kind === 'step' ? '' : 'mono'} grow`}>{title}</span>
      {sub === '' ? null : <span className={`cut ${styles.sub}`}>{sub}</span>}
      {contribution === null ? null : <b className={styles.part}>{signed(contribution, 2)}</b>}
    </div>
  )
}

function PredictionNode({ data: { title, sub, prediction } }: NodeProps<FlowNode>) {
  if (prediction === null) return null
  const { probability, start, total } = prediction
  return (
    <div className={styles.prediction}>
      <Handles />
      <b className={`cut ${styles.figure}`}>{probability === null ? title : share(probability)}</b>
      <span className="cut">{probability === null ? '' : title} <span className={styles.sub}>{sub}</span></span>
      <span className={styles.sub}>base {signed(start, 2)}, terms {signed(total - start, 2)}</span>
    </div>
  )
}

/** A column that ends before the model: the buffer stop, and why. */
function StopNode({ data: { kind, title, sub } }: NodeProps<FlowNode>) {
  return (
    <div className={styles.stop} title={sub}>
      <Handles />
      <span className={styles.buffer} />
      <Glyph name={kind === 'label' ? 'clear' : 'skip'} />
      <span className={styles.reason}>{kind === 'label' ? sub : `${title}: ${sub}`}</span>
    </div>
  )
}

function LayerNode({ data: { title } }: NodeProps<FlowNode>) {
  return <span className={styles.layer}>{title}</span>
}

export const nodeTypes = { column: ColumnNode, prediction: PredictionNode, stop: StopNode, layer: LayerNode }
