import type { ReactNode } from 'react'
import { Glyph, type MarkName, type SignalName } from './signal.tsx'
import styles from './tag.module.css'

interface TagProps {
  readonly tone?: 'clear' | 'held' | 'stop' | 'run' | 'neutral' | 'plain'
  readonly glyph?: SignalName | MarkName
  readonly children: ReactNode
}

/** A verdict in a word or two, with its shape. */
export function Tag({ tone = 'neutral', glyph, children }: TagProps) {
  return (
    <span className={`${styles.tag} ${styles[tone]}`}>
      {glyph === undefined ? null : <Glyph name={glyph} />}
      {children}
    </span>
  )
}
