import { type Domain, linear, round, ticksOf, tickText } from '#studio/lib/scales.ts'
import styles from './plots.module.css'

/** Where the values of a plot are drawn, in pixels. */
export interface Area {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

interface ValueAxisProps {
  readonly area: Area
  readonly domain: Domain
  readonly ticks?: readonly number[]
  readonly write?: (value: number) => string
  /** The name and unit, above the axis. */
  readonly name?: string
}

/** The axis of the values: grid lines across, numbers at the left, its name on top. */
export function ValueAxis({ area, domain, ticks = ticksOf(domain, 5), write, name }: ValueAxisProps) {
  const y = linear(domain, [area.bottom, area.top])
  const text = write ?? ((value: number) => tickText(ticks, value))
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick}>
          <path className={tick === 0 ? styles.axis : styles.grid} d={`M${area.left} ${round(y(tick))}H${area.right}`} />
          <text className={styles.end} x={area.left - 6} y={round(y(tick) + 4)}>{text(tick)}</text>
        </g>
      ))}
      {name === undefined ? null : <text x={0} y={Math.max(10, area.top - 10)}>{name}</text>}
    </g>
  )
}

interface RangeAxisProps {
  readonly area: Area
  readonly domain: Domain
  readonly ticks?: readonly number[]
  readonly write?: (value: number) => string
  readonly name?: string
  /** Below the axis line; the name stands 15 px under the numbers. */
  readonly at?: number
}

/** The axis along the bottom: numbers and a name, no grid. Ends are kept inside the plot. */
export function RangeAxis({ area, domain, ticks, write, name, at = area.bottom }: RangeAxisProps) {
  const x = linear(domain, [area.left, area.right])
  const shown = ticks ?? ticksOf(domain, Math.max(2, Math.min(6, Math.floor((area.right - area.left) / 64))))
  const text = write ?? ((value: number) => tickText(shown, value))
  return (
    <g>
      {shown.map((tick) => (
        <text key={tick} className={styles.middle} x={round(x(tick))} y={at + 15}>{text(tick)}</text>
      ))}
      {name === undefined ? null : <text className={styles.middle} x={(area.left + area.right) / 2} y={at + 30}>{name}</text>}
    </g>
  )
}
