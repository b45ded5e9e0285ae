import type { PointerEvent } from 'react'
import { plain, signed } from '#studio/lib/numbers.ts'
import { type Domain, round } from '#studio/lib/scales.ts'
import styles from './plots.module.css'
import { TableOnDemand } from './plot-frame.tsx'
import { usePlotWidth } from './use-plot-width.ts'
import { useReadout } from './use-readout.ts'

interface PairHeatmapProps {
  readonly label: string
  /** Names of the slots of both features, in the order of the cells. */
  readonly rows: { readonly feature: string; readonly slots: readonly string[] }
  readonly columns: { readonly feature: string; readonly slots: readonly string[] }
  /** cell = row x columns + column. */
  readonly scores: readonly number[]
  readonly weights: readonly number[]
  /** One for all terms of the model: the darkest is its end that is farther from zero. */
  readonly domain: Domain
  readonly height?: number
}

/** Two features together: blue lowers, orange raises, ground is nothing; cells without rows stay empty. */
export function PairHeatmap({ label, rows, columns, scores, weights, domain, height = 220 }: PairHeatmapProps) {
  const [box, width] = usePlotWidth()
  const [left, top] = [92, 6]
  const [wide, tall] = [(width - left - 4) / Math.max(1, columns.slots.length), (height - top - 42) / Math.max(1, rows.slots.length)]
  const most = Math.max(Math.abs(domain.low), Math.abs(domain.high), 1e-9)
  const describe = (cell: number) => `${rows.feature} ${rows.slots[Math.floor(cell / columns.slots.length)] ?? ''}, ${columns.feature} ${columns.slots[cell % columns.slots.length] ?? ''}: ${signed(scores[cell] ?? 0, 2)}, ${plain(Math.round(weights[cell] ?? 0))} rows`
  const readout = useReadout({ label, count: scores.length, describe, find: () => null })
  const point = (event: PointerEvent<Element>) => {
    const bounds = event.currentTarget.getBoundingClientRect()
    const [column, row] = [Math.floor((event.clientX - bounds.left - left) / wide), Math.floor((event.clientY - bounds.top - top) / tall)]
    if (column >= 0 && column < columns.slots.length && row >= 0 && row < rows.slots.length) readout.move(row * columns.slots.length + column)
  }
  const table = { head: [rows.feature, columns.feature, 'score', 'rows'], rows: scores.map((score, cell) => [rows.slots[Math.floor(cell / columns.slots.length)] ?? '', columns.slots[cell % columns.slots.length] ?? '', signed(score, 3), plain(Math.round(weights[cell] ?? 0))]) }
  return (
    <div className={styles.frame}>
      <div ref={box} {...readout.props} onPointerMove={point} className={styles.pointing}>
        <svg className={styles.plot} width="100%" height={height} aria-hidden="true">
          {width > 0 ? (
            <>
              {scores.map((score, cell) => {
                const [row, column] = [Math.floor(cell / columns.slots.length), cell % columns.slots.length]
                const seen = (weights[cell] ?? 0) > 0
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place.
                return <rect key={cell} className={seen ? (score > 0 ? styles.orange : styles.blue) : styles.hatch} x={round(left + column * wide)} y={round(top + row * tall)} width={round(Math.max(1, wide - 0.5))} height={round(Math.max(1, tall - 0.5))} fillOpacity={seen ? Number(Math.min(1, Math.abs(score) / most).toFixed(3)) : 1} />
              })}
              {readout.at === null ? null : <rect className={styles.cellMark} x={round(left + (readout.at % columns.slots.length) * wide)} y={round(top + Math.floor(readout.at / columns.slots.length) * tall)} width={round(wide)} height={round(tall)} />}
              <Names slots={rows.slots} at={(index) => [left - 6, top + (index + 0.5) * tall + 4]} room={Math.max(1, Math.floor((height - 48) / 16))} className={styles.end} letters={13} />
              <Names slots={columns.slots} at={(index) => [left + (index + 0.5) * wide, height - 22]} room={Math.max(1, Math.floor((width - left) / 84))} className={styles.middle} letters={13} />
              <text className={`${styles.middle} ${styles.said}`} x={(left + width) / 2} y={height - 5}>{`${rows.feature} down, ${columns.feature} across`}</text>
            </>
          ) : null}
        </svg>
      </div>
      <div className={styles.under}>
        <p className={styles.readout} aria-hidden="true">{readout.at === null ? '' : describe(readout.at)}</p>
        <TableOnDemand label={label} table={table} />
      </div>
    </div>
  )
}

interface NamesProps {
  readonly slots: readonly string[]
  readonly at: (index: number) => readonly [number, number]
  readonly room: number
  readonly className: string | undefined
  readonly letters: number
}

/** As many names as there is room for. */
function Names({ slots, at, room, className, letters }: NamesProps) {
  const each = Math.max(1, Math.ceil(slots.length / room))
  return slots.map((slot, index) => {
    if (index % each !== 0) return null
    const [x, y] = at(index)
    return <text key={slot} className={className} x={round(x)} y={round(y)}>{slot.length > letters ? `${slot.slice(0, letters - 1)}…` : slot}</text>
  })
}
