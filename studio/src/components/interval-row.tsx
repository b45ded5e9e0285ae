import { ticksOf } from '#studio/lib/scales.ts'
import { usePlotWidth } from './plots/use-plot-width.ts'
import styles from './interval-row.module.css'

export interface Scale {
  readonly low: number
  readonly high: number
}

interface IntervalRowProps {
  readonly scale: Scale
  readonly value: number
  readonly interval: readonly [number, number] | null
  /** `clear`: it clears zero or is recommended. `covers`: it does not. `leak`: it must go. `other`: beside what is ours. */
  readonly look?: 'clear' | 'covers' | 'leak' | 'other'
  /** Where the dashed line through all rows stands; null for none. */
  readonly zero?: number | null
}

/** Interval as a line and estimate as a dot, in percent of the column, so that 300 rows cost nothing. Off the scale: an arrow. */
export function IntervalRow({ scale, value, interval, look = 'clear', zero = 0 }: IntervalRowProps) {
  const at = (number: number) => percent(scale, number)
  const outside = value > scale.high ? 'right' : value < scale.low ? 'left' : null
  return (
    <svg className={`${styles.interval} ${styles[look]}`} aria-hidden="true">
      {zero === null || zero < scale.low || zero > scale.high ? null : <line className={styles.zero} x1={at(zero)} x2={at(zero)} y1="-60" y2="82" />}
      {interval === null ? null : <line className={styles.whisker} x1={at(Math.max(interval[0], scale.low))} x2={at(Math.min(interval[1], scale.high))} y1="11" y2="11" />}
      {outside === null ? <circle className={styles.point} cx={at(value)} cy="11" r="4.5" /> : <Arrow side={outside} />}
    </svg>
  )
}

function Arrow({ side }: { readonly side: 'left' | 'right' }) {
  const right = side === 'right'
  return (
    <svg x={right ? '100%' : '0'} overflow="visible" aria-hidden="true">
      <path className={styles.arrow} d={right ? 'M-22 11H-2M-8 5l6 6-6 6' : 'M22 11H2M8 5l-6 6 6 6'} />
    </svg>
  )
}

function percent({ low, high }: Scale, value: number): string {
  const share = high === low ? 0.5 : (value - low) / (high - low)
  return `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`
}

interface ScaleHeadProps {
  readonly scale: Scale
  readonly write: (value: number, ticks: readonly number[]) => string
  /** So many at most, and fewer where there is no room. */
  readonly ticks?: number
}

/** Pixels that a number of the axis takes, with the gap to the next. */
const tickRoom = 52

/** The axis of a column of intervals, drawn once in its head. */
export function ScaleHead({ scale, write, ticks = 5 }: ScaleHeadProps) {
  const [box, width] = usePlotWidth()
  const shown = niceTicks(scale, Math.max(2, Math.min(ticks, Math.floor(width / tickRoom))))
  return (
    <div ref={box} className={styles.axis}>
      <svg className={styles.scale} aria-hidden="true">
        {width === 0 ? null : shown.map((tick) => (
          <text key={tick} x={percent(scale, tick)} y="11">
            {write(tick, shown)}
          </text>
        ))}
      </svg>
    </div>
  )
}

/** Round numbers within a scale, about as many as asked for. */
export function niceTicks(scale: Scale, about = 5): number[] {
  return ticksOf(scale, about)
}

/** One scale for all rows of a column: the middle 90 % of their ends, widened to hold zero; the rest goes off the scale. */
export function scaleOf(intervals: readonly (readonly [number, number])[], zero: number | null = 0): Scale {
  const lows = intervals.map(([low]) => low).sort((left, right) => left - right)
  const highs = intervals.map(([, high]) => high).sort((left, right) => left - right)
  const low = lows[Math.floor(lows.length * 0.05)] ?? -1
  const high = highs[Math.ceil(highs.length * 0.95) - 1] ?? 1
  const bounds = zero === null ? { low, high } : { low: Math.min(low, zero), high: Math.max(high, zero) }
  const margin = (bounds.high - bounds.low || 1) * 0.06
  return { low: bounds.low - margin, high: bounds.high + margin }
}
