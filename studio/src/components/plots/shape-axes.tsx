import { type Domain, linear, round, tickText, ticksOf } from '#studio/lib/scales.ts'
import type { Area } from './axes.tsx'
import styles from './plots.module.css'
import { factorTicks, type ScoreScale } from './shape-data.ts'

interface ShapeAxesProps {
  readonly area: Area
  readonly domain: Domain
  readonly scale: ScoreScale
}

/** Scores at the left, what they multiply at the right, and the zero line that every shape stands on. */
export function ShapeAxes({ area, domain, scale }: ShapeAxesProps) {
  const y = linear(domain, [area.bottom, area.top])
  const ticks = ticksOf(domain, 5)
  const factors = scale === 'value' ? [] : factorTicks(domain)
  const lines = scale === 'value' ? ticks : factors.map(({ at }) => at)
  return (
    <g>
      {lines.map((tick) => <path key={tick} className={styles.grid} d={`M${area.left} ${round(y(tick))}H${area.right}`} />)}
      {ticks.map((tick) => <text key={tick} className={styles.end} x={area.left - 6} y={round(y(tick) + 4)}>{`${tick > 0 ? '+' : ''}${tickText(ticks, tick)}`}</text>)}
      {factors.map(({ at, text }) => <text key={text} x={area.right + 6} y={round(y(at) + 4)}>{text}</text>)}
      <path className={styles.axis} d={`M${area.left} ${round(y(0))}H${area.right}`} />
    </g>
  )
}

/** How wide the factors at the right are. */
export function rightRoom(scale: ScoreScale): number {
  return scale === 'value' ? 8 : 40
}

/** How wide the numbers at the left are. */
export function leftRoom(domain: Domain): number {
  const ticks = ticksOf(domain, 5)
  return Math.max(...ticks.map((tick) => tickText(ticks, tick).length + (tick > 0 ? 1 : 0)), 2) * 6.4 + 8
}
