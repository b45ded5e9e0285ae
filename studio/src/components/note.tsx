import type { ReactNode } from 'react'
import { Glyph, type SignalName } from './signal.tsx'
import styles from './note.module.css'

interface NoteProps {
  readonly tone?: 'held' | 'stop' | 'clear' | 'neutral'
  readonly glyph?: SignalName
  /** Read out as soon as it appears. */
  readonly live?: boolean
  readonly children: ReactNode
}

const glyphs = { held: 'care', stop: 'stop', clear: 'clear', neutral: 'idle' } as const

/** A few sentences that must not be missed. */
export function Note({ tone = 'neutral', glyph, live = false, children }: NoteProps) {
  return (
    <div className={`note ${styles.note} ${styles[tone]}`} {...(live ? { role: tone === 'stop' ? 'alert' : 'status' } : {})}>
      <Glyph name={glyph ?? glyphs[tone]} />
      <div className="grow">{children}</div>
    </div>
  )
}
