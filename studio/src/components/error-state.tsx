import type { ReactNode } from 'react'
import { SignalboxApiError } from '#sdk/client'
import { Button } from './button.tsx'
import { Note } from './note.tsx'
import styles from './states.module.css'

interface ErrorStateProps {
  readonly error: unknown
  readonly onRetry?: () => void
  /** Further ways on. */
  readonly children?: ReactNode
}

/** What went wrong, what did not happen, and the ways on; the code lies in the details. */
export function ErrorState({ error, onRetry, children }: ErrorStateProps) {
  const { message, suggestion, code } = partsOf(error)
  return (
    <div className={styles.error}>
      <Note tone="stop" live>
        <b className="strong">{message}</b> {suggestion}
      </Note>
      <div className="row wrap">
        {onRetry === undefined ? null : <Button onClick={onRetry}>Try again</Button>}
        {children}
        <details className={styles.details}>
          <summary>Details</summary>
          <code>{code}</code>
        </details>
      </div>
    </div>
  )
}

interface ErrorParts {
  readonly message: string
  readonly suggestion: string
  readonly code: string
}

export function partsOf(error: unknown): ErrorParts {
  if (error instanceof SignalboxApiError) return { message: error.message, suggestion: error.suggestion, code: `${error.code}, status ${error.status}` }
  const message = error instanceof Error ? error.message : String(error)
  return { message: 'The page met a fault of its own.', suggestion: 'Reload it; nothing was sent.', code: message }
}
