import { type Place, round } from '#studio/lib/scales.ts'
import type { Area } from './axes.tsx'
import styles from './plots.module.css'
import { fewRows, type ShapeLevel } from './shape-data.ts'

interface Bar extends ShapeLevel {
  /** Missing and unseen levels stand apart, behind a line. */
  readonly apart: boolean
}

interface BarDrawingProps {
  readonly bars: readonly Bar[]
  readonly others: readonly ShapeLevel[]
  readonly area: Area
  readonly y: Place
  readonly ground: number
  readonly at: number | null
}

const strip = 24

/** In slots under this, names lean against each other and take the place of the axis name. */
export const narrowSlot = 34

/** Everything that is seen of the levels of a term. */
export function BarDrawing({ bars, others, area, y, ground, at }: BarDrawingProps) {
  const slot = (area.right - area.left) / Math.max(1, bars.length)
  const most = Math.max(1, ...bars.map(({ rows }) => rows))
  const firstApart = bars.findIndex(({ apart }) => apart)
  return (
    <>
      {firstApart > 0 ? <path className={styles.grid} d={`M${round(area.left + firstApart * slot)} ${area.top}V${ground}`} /> : null}
      {bars.map((bar, index) => (
        <OneBar key={`${bar.apart ? 'apart' : 'level'}-${bar.levels[0] ?? index}`} bar={bar} before={others.find(({ levels }) => levels[0] === bar.levels[0])} left={area.left + index * slot} slot={slot} area={area} y={y} ground={ground} most={most} marked={at === index} />
      ))}
    </>
  )
}

interface OneBarProps {
  readonly bar: Bar
  readonly before: ShapeLevel | undefined
  readonly left: number
  readonly slot: number
  readonly area: Area
  readonly y: Place
  readonly ground: number
  readonly most: number
  readonly marked: boolean
}

function OneBar({ bar, before, left, slot, area, y, ground, most, marked }: OneBarProps) {
  const turned = slot < narrowSlot
  const wide = Math.max(1, Math.min(52, slot * 0.72))
  const from = left + (slot - wide) / 2
  const middle = left + slot / 2
  const held = (value: number) => Math.min(area.bottom + 4, Math.max(area.top - 4, y(value)))
  const [top, bottom] = [Math.min(held(bar.score), y(0)), Math.max(held(bar.score), y(0))]
  const tall = bar.rows === 0 ? 0 : Math.max(0.5, (bar.rows / most) * strip)
  return (
    <g>
      {bar.rows < fewRows ? <rect className={styles.hatch} x={round(from - 3)} y={area.top} width={round(wide + 6)} height={area.bottom - area.top} /> : null}
      <rect className={bar.score > 0 ? styles.orange : styles.blue} x={round(from)} y={round(top)} width={round(wide)} height={round(Math.max(0.8, bottom - top))} />
      {bar.low === null || bar.high === null ? null : <path className={styles.whiskerInk} d={`M${round(middle)} ${round(held(bar.low))}V${round(held(bar.high))}`} />}
      {before === undefined ? null : <path className={styles.dashed} d={`M${round(from - 3)} ${round(held(before.score))}h${round(wide + 6)}`} />}
      <rect className={styles.density} x={round(from)} y={round(ground - tall)} width={round(wide)} height={round(tall)} />
      {marked ? <path className={styles.mark} d={`M${round(middle)} ${area.top}V${ground}`} /> : null}
      {slot < 14 ? null : turned ? <text className={styles.end} transform={`translate(${round(middle + 4)} ${ground + 8}) rotate(-40)`}>{short(bar.levels, 40)}</text> : <text className={styles.middle} x={round(middle)} y={ground + 14}>{short(bar.levels, slot)}</text>}
    </g>
  )
}

/** As much of a name as its slot holds; the readout and the table have the whole of it. */
function short(levels: readonly string[], slot: number): string {
  const [first = ''] = levels
  const name = first === '' ? '(empty)' : first
  const more = levels.length > 1 ? ` +${levels.length - 1}` : ''
  const letters = Math.max(2, Math.floor(slot / 6.2) - more.length)
  return `${name.length > letters ? `${name.slice(0, letters - 1)}…` : name}${more}`
}
