import type { ReactNode } from 'react'
import { Glyph, type SignalName, type MarkName } from './signal.tsx'
import styles from './states.module.css'

interface EmptyStateProps {
  readonly title: string
  /** Why there is nothing. */
  readonly children?: ReactNode
  /** The one next act. */
  readonly action?: ReactNode
  readonly glyph?: SignalName | MarkName
}

/** Nothing here: why, and the one next act. */
export function EmptyState({ title, children, action, glyph = 'clear' }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <Glyph name={glyph} large />
      <b className="strong">{title}</b>
      {children === undefined ? null : <p className="soft">{children}</p>}
      {action}
    </div>
  )
}
