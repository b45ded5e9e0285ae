import type { ComponentPropsWithRef, ReactNode } from 'react'
import { Kbd } from './kbd.tsx'
import styles from './button.module.css'

interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'className'> {
  /** `go` lets the run pass: green, once a page. `firm` is the first of several ways on. */
  readonly look?: 'go' | 'firm' | 'plain' | 'quiet' | 'stop'
  readonly square?: boolean
  /** The keys that do the same. */
  readonly keys?: readonly string[]
  readonly children: ReactNode
}

/** A button that names its act. */
export function Button({ look = 'plain', square = false, keys, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} className={`${styles.button} ${styles[look]} ${square ? styles.square : ''}`}>
      {children}
      {keys === undefined ? null : <Kbd keys={keys} />}
    </button>
  )
}

/** The look of a button, for links that lead on. */
export function buttonClass(look: 'firm' | 'plain' | 'quiet' = 'plain'): string {
  return `${styles.button} ${styles[look]}`
}
