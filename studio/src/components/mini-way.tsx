import type { RunListEntry } from '#sdk/client'
import { phaseTitles } from '#studio/lib/phases.ts'
import styles from './mini-way.module.css'
import { Glyph, signalOf, statusWords } from './signal.tsx'

/** The line of a run in the height of a row. */
export function MiniWay({ phases }: { readonly phases: RunListEntry['phases'] }) {
  const label = phases.map(({ phase, status }) => `${phaseTitles[phase]} ${statusWords[status]}`).join(', ')
  return (
    <span className={styles.way} role="img" aria-label={label} title={label}>
      {phases.map(({ phase, status }) => (
        <span key={phase} className={`${styles.stop} ${status === 'completed' ? styles.clear : ''}`}>
          <Glyph name={signalOf[status]} />
        </span>
      ))}
    </span>
  )
}
