import { plain } from '#studio/lib/numbers.ts'
import styles from './playground.module.css'

interface RangeInputProps {
  readonly name: string
  readonly range: { readonly min: number; readonly max: number; readonly median: number; readonly histogram: readonly number[] }
  readonly whole: boolean
  readonly value: number | null
  readonly onChange: (value: number) => void
}

const bins = 24

/** A slider under the rows of the table by this column: where it stands is what the table holds there. */
export function RangeInput({ name, range, whole, value, onChange }: RangeInputProps) {
  const { min, max, median } = range
  if (!(max > min)) return <p className="sub">Every row of the table has {plain(min)}.</p>
  const bars = mergedTo(range.histogram, bins)
  const most = Math.max(1, ...bars)
  const step = whole ? 1 : stepOf(max - min)
  const outside = value !== null && (value < min || value > max)
  return (
    <>
      <svg className={styles.spark} viewBox={`0 0 ${bars.length * 10} 22`} preserveAspectRatio="none" aria-hidden="true">
        {bars.map((rows, i) => <rect key={`${i.toString()}`} x={i * 10} width="9" y={22 - heightOf(rows, most)} height={heightOf(rows, most)} />)}
      </svg>
      <input className={styles.slider} type="range" aria-label={`${name}, slider`} min={min} max={max} step={step} value={value ?? median} data-outside={outside} data-missing={value === null} onChange={(event) => onChange(Number(event.target.value))} />
      <span className={`${styles.ends} sub`}><span>{plain(min)}</span><span>{outside ? 'outside the table' : 'range of the table'}</span><span>{plain(max)}</span></span>
    </>
  )
}

function heightOf(rows: number, most: number): number {
  return rows === 0 ? 0 : Math.max(1, (22 * rows) / most)
}

/** Neighbouring bins put together, so that about so many are left. */
function mergedTo(histogram: readonly number[], about: number): number[] {
  const size = Math.max(1, Math.ceil(histogram.length / about))
  return Array.from({ length: Math.ceil(histogram.length / size) }, (_, i) => histogram.slice(i * size, (i + 1) * size).reduce((sum, rows) => sum + rows, 0))
}

/** A round step, about a five-hundredth of the range. */
function stepOf(width: number): number {
  return 10 ** Math.floor(Math.log10(width / 200))
}
