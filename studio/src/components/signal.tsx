import type { PhaseStatusAnswer, RunStateAnswer } from '#sdk/client'
import styles from './signal.module.css'

export type SignalName = 'clear' | 'held' | 'run' | 'idle' | 'skip' | 'pause' | 'stop' | 'leak' | 'care' | 'same' | 'up' | 'down'
export type MarkName = 'mark' | 'curve' | 'pulse' | 'lock' | 'find' | 'drop' | 'talk' | 'more' | 'box' | 'way' | 'sun' | 'moon' | 'key' | 'close'

interface GlyphProps {
  readonly name: SignalName | MarkName
  /** Said by screen readers; without it the words beside it say what it means. */
  readonly label?: string
  readonly large?: boolean
}

/** One shape of the sprite. */
export function Glyph({ name, label, large = false }: GlyphProps) {
  const className = `g${large ? ' l' : ''}${name === 'run' ? ` ${styles.turning}` : ''}`
  return (
    <svg className={className} aria-hidden={label === undefined} role="img" aria-label={label}>
      <use href={`#g-${name}`} />
    </svg>
  )
}

type Status = PhaseStatusAnswer['status'] | RunStateAnswer['status']

export const signalOf: Readonly<Record<Status, SignalName>> = {
  completed: 'clear',
  waiting_input: 'held',
  running: 'run',
  pending: 'idle',
  queued: 'idle',
  skipped: 'skip',
  cancelled: 'skip',
  paused: 'pause',
  failed: 'stop',
}

export const statusWords: Readonly<Record<Status, string>> = {
  completed: 'completed',
  waiting_input: 'waiting for a decision',
  running: 'running',
  pending: 'not reached',
  queued: 'queued',
  skipped: 'skipped',
  cancelled: 'cancelled',
  paused: 'paused',
  failed: 'failed',
}

/** The signal of a run or phase. */
export function Signal({ status, large = false, label }: { readonly status: Status; readonly large?: boolean; readonly label?: string }) {
  return <Glyph name={signalOf[status]} large={large} label={label ?? statusWords[status]} />
}
