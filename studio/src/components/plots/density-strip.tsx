import styles from './plots.module.css'

interface DensityStripProps {
  /** Rows by equal range, left to right. */
  readonly rows: readonly number[]
  readonly width?: number
  readonly height?: number
  /** Ours in blue, what it came from in grey. */
  readonly tone?: 'own' | 'source'
}

/** A column in the size of a word; it only decorates a row that says the same in numbers. */
export function DensityStrip({ rows, width = 48, height = 18, tone = 'source' }: DensityStripProps) {
  const most = Math.max(1, ...rows)
  const step = width / Math.max(1, rows.length)
  const bars = rows.map((own, index) => {
    const tall = own === 0 ? 0 : Math.max(1, (own / most) * height)
    return own === 0 ? '' : `M${(index * step).toFixed(1)} ${height}v${(-tall).toFixed(1)}h${Math.max(0.8, step - 0.6).toFixed(1)}V${height}z`
  })
  return (
    <svg className={styles.strip} width={width} height={height} aria-hidden="true">
      <path className={tone === 'own' ? styles.blueWash : styles.density} d={bars.join('')} />
    </svg>
  )
}

/** The shares of the levels of a column, as one bar in the size of a word. */
export function LevelStrip({ rows, width = 48, height = 8 }: { readonly rows: readonly number[]; readonly width?: number; readonly height?: number }) {
  const total = Math.max(1, rows.reduce((sum, own) => sum + own, 0))
  let reached = 0
  const parts = rows.map((own) => {
    const from = (reached / total) * width
    reached += own
    return { from, wide: (own / total) * width - 1 }
  })
  return (
    <svg className={styles.strip} width={width} height={height} aria-hidden="true">
      {parts.filter(({ wide }) => wide > 0).map(({ from, wide }) => <rect key={from} className={styles.density} x={from} width={wide} height={height} />)}
    </svg>
  )
}
