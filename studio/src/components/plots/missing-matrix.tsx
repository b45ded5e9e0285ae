import { count, share } from '#studio/lib/numbers.ts'
import { round } from '#studio/lib/scales.ts'
import { Legend } from './legend.tsx'
import { PlotFrame } from './plot-frame.tsx'
import styles from './plots.module.css'

/** A column with the share of missing values in each group of consecutive rows. */
export interface MissingColumn {
  readonly name: string
  readonly missing: number
  readonly shares: readonly number[]
}

interface MissingMatrixProps {
  readonly label: string
  readonly columns: readonly MissingColumn[]
  readonly rows: number
}

const line = 18

/** Where values are missing: one line a column, rows of the file from left to right. */
export function MissingMatrix({ label, columns, rows }: MissingMatrixProps) {
  const height = columns.length * line + 22
  const table = { head: ['column', 'missing', 'share'], rows: columns.map(({ name, missing }) => [name, count(missing), share(rows === 0 ? 0 : missing / rows)]) }
  return (
    <PlotFrame label={label} height={height} table={table} legend={<Legend items={[{ mark: 'orange-bar', text: 'missing, darker where more of the rows are' }, { mark: 'density', text: 'there' }]} />}>
      {(width) => {
        const left = Math.min(170, Math.max(90, width * 0.32))
        const right = width - 52
        return (
          <>
            {columns.map((column, index) => <Line key={column.name} column={column} y={index * line} left={left} right={right} rows={rows} />)}
            <text x={left} y={height - 4}>first row</text>
            <text className={styles.end} x={right} y={height - 4}>row {count(rows)}</text>
          </>
        )
      }}
    </PlotFrame>
  )
}

function Line({ column, y, left, right, rows }: { readonly column: MissingColumn; readonly y: number; readonly left: number; readonly right: number; readonly rows: number }) {
  const wide = (right - left) / Math.max(1, column.shares.length)
  const letters = Math.floor((left - 8) / 6.4)
  return (
    <g>
      <text className={styles.said} x={0} y={y + 12}>{column.name.length > letters ? `${column.name.slice(0, letters - 1)}…` : column.name}</text>
      <rect className={styles.density} x={left} y={y + 3} width={right - left} height={line - 5} fillOpacity={0.5} />
      {column.shares.map((own, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: a group of rows is its place.
        own > 0 ? <rect key={index} className={styles.absent} x={round(left + index * wide)} y={y + 3} width={round(Math.max(1, wide))} height={line - 5} fillOpacity={0.25 + 0.75 * own} /> : null,
      )}
      <text className={styles.end} x={right + 50} y={y + 12}>{share(rows === 0 ? 0 : column.missing / rows)}</text>
    </g>
  )
}
