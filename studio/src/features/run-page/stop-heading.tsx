import { useEffect, useRef, type ReactNode } from 'react'
import styles from './stop-heading.module.css'

interface StopHeadingProps {
  readonly title: string
  readonly text?: ReactNode
  readonly aside?: ReactNode
}

let first = true

/** The heading of a stop. It takes the focus when the run, or a person, comes to it, so that keys and readers go on from here. */
export function StopHeading({ title, text, aside }: StopHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // The first page of a visit begins at its top, as any page.
    if (first) first = false
    else heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <header className={styles.heading}>
      <div className="grow">
        <h2 ref={heading} tabIndex={-1}>{title}</h2>
        {text === undefined ? null : <p className="read">{text}</p>}
      </div>
      {aside}
    </header>
  )
}
