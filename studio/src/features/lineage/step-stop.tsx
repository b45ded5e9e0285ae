import { Link } from '@tanstack/react-router'
import { Glyph } from '#studio/components/signal.tsx'
import { StatTable } from '#studio/components/stat-table.tsx'
import { count } from '#studio/lib/numbers.ts'
import type { PathStep } from './paths.ts'
import styles from './lineage.module.css'

const sampleRows = 3

interface StepStopProps {
  readonly runId: string
  readonly step: PathStep
  readonly number: number
  /** The column that the way leads to. */
  readonly goal: string
}

/** One step on the way: what it does, what it did to how many rows, and a few of them before and after. */
export function StepStop({ runId, step, number, goal }: StepStopProps) {
  const { label, text, phase, effect } = step
  return (
    <li>
      <Glyph name="way" />
      <div>
        <span><b className="strong">Step {number}</b> {label}</span>
        {text === label ? null : <span className="sub">{text}</span>}
        {effect === null ? <span className="sub">its effect was not measured</span> : <Effect effect={effect} caption={`Rows before and after step ${number} to ${goal}`} />}
        {phase === null ? null : <Link className="go-to" to="/runs/$runId" params={{ runId }} search={{ stop: phase }}>Open the decision</Link>}
      </div>
    </li>
  )
}

function Effect({ effect, caption }: { readonly effect: NonNullable<PathStep['effect']>; readonly caption: string }) {
  const { rows, rows_changed: changed, nulls_filled: filled, nulls_made: made, sample } = effect
  const facts = [`${count(changed)} of ${count(rows)} rows changed`, ...(filled > 0 ? [`${count(filled)} missing filled`] : []), ...(made > 0 ? [`${count(made)} made missing`] : [])]
  const lines = sample.slice(0, sampleRows)
  return (
    <>
      <span className={styles.value}>{facts.join(' · ')}</span>
      {lines.length === 0 ? null : (
        <div className={styles.sample}>
          <StatTable caption={caption} columns={[{ key: 'before', head: 'before', cell: ({ before, after }) => <code>{cells(before, after)}</code> }, { key: 'after', head: 'after', cell: ({ before, after }) => <code>{cells(after, before)}</code> }]} rows={lines} keyOf={(_, index) => `row-${index}`} />
        </div>
      )}
    </>
  )
}

type Row = Readonly<Record<string, unknown>>

/** One column's value stands alone; several are named. */
function cells(row: Row, other: Row): string {
  const entries = Object.entries(row)
  return entries.map(([name, value]) => `${entries.length === 1 ? '' : `${name}: `}${text(value, other[name])}`).join(', ')
}

/** Text stands in quotes where that is what changed, or where nothing could be seen. */
function text(value: unknown, other: unknown): string {
  if (value === null || value === undefined) return 'missing'
  if (typeof value === 'string') return value.trim() !== value || value === '' || typeof other === 'number' ? JSON.stringify(value) : value
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : JSON.stringify(value)
}
