import type { ColumnProfile } from './profile.ts'
import styles from './preparation.module.css'

/** A column in forty pixels: its histogram, or its levels as parts of a bar. The numbers stand in the column's own panel. */
export function Spark({ column, rows }: { readonly column: ColumnProfile; readonly rows: number }) {
  if (column.numeric !== null && column.numeric.histogram.length > 1) return <Bars counts={column.numeric.histogram} />
  const levels = column.top.filter(({ value }) => value !== null)
  if (levels.length === 0 || column.distinct > levels.length || rows === 0) return <span className="sub">{column.distinct === rows ? 'all differ' : ''}</span>
  return <Parts shares={levels.map(({ count }) => count / rows)} />
}

function Bars({ counts }: { readonly counts: readonly number[] }) {
  const most = Math.max(1, ...counts)
  const wide = 48 / counts.length
  return (
    <svg className={styles.spark} viewBox="0 0 48 16" preserveAspectRatio="none" aria-hidden="true">
      <path d={counts.map((own, i) => `M${i * wide} 16V${16 - Math.max(own > 0 ? 0.75 : 0, (16 * own) / most)}h${wide * 0.85}V16z`).join('')} />
    </svg>
  )
}

function Parts({ shares }: { readonly shares: readonly number[] }) {
  const ends = shares.map((_, i) => shares.slice(0, i + 1).reduce((sum, share) => sum + share, 0))
  return (
    <svg className={styles.spark} viewBox="0 0 48 16" preserveAspectRatio="none" aria-hidden="true">
      {shares.map((share, i) => <rect key={ends[i]} x={48 * ((ends[i] ?? 0) - share)} y="5" width={Math.max(0.5, 48 * share - 0.8)} height="7" />)}
    </svg>
  )
}
