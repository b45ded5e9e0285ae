import { memo } from 'react'
import { Panel } from '#studio/components/panel.tsx'
import { count, counted, share } from '#studio/lib/numbers.ts'
import type { ColumnProfile } from './profile.ts'
import { Spark } from './spark.tsx'
import styles from './preparation.module.css'

interface ColumnsPanelProps {
  readonly columns: readonly ColumnProfile[]
  readonly rows: number
  /** Columns that a ticked step touches. */
  readonly touched: ReadonlySet<string>
  readonly selected: string | null
  readonly onSelect: (column: string) => void
}

const kinds: Readonly<Record<string, { readonly mark: string; readonly words: string }>> = {
  integer: { mark: '№', words: 'whole number' },
  number: { mark: '№', words: 'number' },
  boolean: { mark: '0/1', words: 'true or false' },
  date: { mark: 'day', words: 'date' },
  timestamp: { mark: 'time', words: 'time' },
}

export function kindOf(type: string): { readonly mark: string; readonly words: string } {
  return kinds[type] ?? { mark: 'a/b', words: 'text' }
}

/** Every column of the table in a line: what it is, how it lies, what is missing. */
export const ColumnsPanel = memo(function ColumnsPanel({ columns, rows, touched, selected, onSelect }: ColumnsPanelProps) {
  const gaps = columns.some(({ missing }) => missing > 0)
  return (
    <Panel flush title={counted(columns.length, 'column')} aside={<><span className={styles.dot} /> touched{gaps ? <span className={styles.gapHead}>missing</span> : null}<span className={styles.distinctHead}>distinct</span></>}>
      <ul className={styles.columns} aria-label="Columns of the table">
        {columns.map((column) => <ColumnRow key={column.name} column={column} rows={rows} gaps={gaps} touched={touched.has(column.name)} selected={column.name === selected} onSelect={onSelect} />)}
      </ul>
    </Panel>
  )
})

interface ColumnRowProps extends Pick<ColumnsPanelProps, 'rows' | 'onSelect'> {
  readonly column: ColumnProfile
  readonly gaps: boolean
  readonly touched: boolean
  readonly selected: boolean
}

/** Drawn anew only where the column itself is touched or selected: there may be hundreds. */
const ColumnRow = memo(function ColumnRow({ column, rows, gaps, touched, selected, onSelect }: ColumnRowProps) {
  return (
    <li>
      <button type="button" aria-pressed={selected} onClick={() => onSelect(column.name)} title={`${column.name}: ${kindOf(column.type).words}`}>
        <span className={styles.kind} aria-hidden="true">{kindOf(column.type).mark}</span>
        <code className="cut grow">{column.name}</code>
        {touched ? <span className={styles.dot}><span className="hide">touched by a step</span></span> : null}
        <Spark column={column} rows={rows} />
        {gaps ? <span className={`num ${styles.gap}`}>{column.missing === 0 ? '' : share(column.missing / Math.max(1, rows))}{column.missing === 0 ? null : <span className="hide"> missing</span>}</span> : null}
        <span className={`num ${styles.distinct}`}>{count(column.distinct)}<span className="hide"> distinct</span></span>
      </button>
    </li>
  )
})
