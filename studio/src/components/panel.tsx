import type { ReactNode } from 'react'
import styles from './panel.module.css'

interface PanelProps {
  readonly title?: ReactNode
  /** Small words at the right of the head: a unit, a link. */
  readonly aside?: ReactNode
  readonly footer?: ReactNode
  /** Names the panel where it has no title. */
  readonly label?: string
  /** Lists reach the edges; everything else keeps its distance. */
  readonly flush?: boolean
  readonly children: ReactNode
}

/** A white panel with a hairline: the ground of everything. */
export function Panel({ title, aside, footer, label, flush = false, children }: PanelProps) {
  return (
    <section className={styles.panel} aria-label={label}>
      {title === undefined ? null : (
        <header className={styles.head}>
          <h3 className="grow">{title}</h3>
          {aside === undefined ? null : <span className="sub">{aside}</span>}
        </header>
      )}
      {flush ? children : <div className={styles.body}>{children}</div>}
      {footer === undefined ? null : <footer className={styles.foot}>{footer}</footer>}
    </section>
  )
}
