import { Link } from '@tanstack/react-router'
import type { RunListEntry } from '#sdk/client'
import { Button, buttonClass } from '#studio/components/button.tsx'
import styles from './run-list.module.css'

interface PickedProps {
  readonly picked: readonly string[]
  readonly runs: readonly RunListEntry[]
  readonly onClear: () => void
}

/** What is picked of the list, and the way to lay two runs beside each other. */
export function Picked({ picked, runs, onClear }: PickedProps) {
  const names = picked.map((id) => runs.find(({ run_id: own }) => own === id)?.name ?? id)
  return (
    <section className={styles.picked} aria-label="Picked runs">
      <p className="grow cut" role="status"><b className="strong">{names.join(' and ')}</b> <span className="sub">{picked.length === 1 ? 'Pick another run to compare it with.' : 'are picked.'}</span></p>
      <Button look="quiet" onClick={onClear}>Pick none</Button>
      {picked.length === 2 ? <Link className={buttonClass('firm')} to="/compare" search={{ runs: picked.join(',') }}>Compare</Link> : null}
    </section>
  )
}
