import type { ReactNode } from 'react'
import styles from './panel.module.css'

interface PanelProps {
  readonly title?: ReactNode
  /** 2 where no heading but that of the page stands above it. */
  readonly level?: 2 | 3
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
export function Panel({ title, level = 3, aside, footer, label, flush = false, children }: PanelProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section className={styles.panel} aria-label={label}>
      {title === undefined ? null : (
        <header className={styles.head}>
          <Heading className={`grow ${styles.title}`}>{title}</Heading>
          {aside === undefined ? null : <span className="sub">{aside}</span>}
        </header>
      )}
      {flush ? children : <div className={styles.body}>{children}</div>}
      {footer === undefined || footer === '' ? null : <footer className={styles.foot}>{footer}</footer>}
    </section>
  )
}
