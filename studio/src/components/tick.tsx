import type { ChangeEvent } from 'react'
import styles from './tick.module.css'

interface TickProps {
  readonly kind: 'checkbox' | 'radio'
  readonly name?: string
  readonly checked: boolean
  readonly disabled?: boolean
  /** What ticking it means: "Add tenure_log". */
  readonly label: string
  readonly onChange: (checked: boolean) => void
}

/** The tick of an option. Its words stand in the row, so that it is named for those who do not see the row. */
export function Tick({ kind, name, checked, disabled = false, label, onChange }: TickProps) {
  const change = (event: ChangeEvent<HTMLInputElement>) => onChange(event.target.checked)
  return <input className={styles.tick} type={kind} name={name} checked={checked} disabled={disabled} aria-label={label} onChange={change} tabIndex={-1} />
}
