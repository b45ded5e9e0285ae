import { type Domain, linear, type Place, round } from '#studio/lib/scales.ts'
import { type Area, RangeAxis } from './axes.tsx'
import styles from './plots.module.css'
import { rightRoom, ShapeAxes } from './shape-axes.tsx'
import type { ShapeCurveProps } from './shape-curve.tsx'
import { type ApartSlot, endsOf, fewRows, type ShapeStep, spreadRows } from './shape-data.ts'

interface CurveDrawingProps extends ShapeCurveProps {
  readonly apart: readonly ApartSlot[]
  readonly area: Area
  readonly range: Domain
  readonly x: Place
  readonly height: number
  readonly at: number | null
}

const strip = 24

/** Everything that is seen of a curve. */
export function CurveDrawing({ steps, apart, others = [], domain, scale, area, range, x, height, name, axis, selected, at }: CurveDrawingProps) {
  const y = linear(domain, [area.bottom, area.top])
  const ground = height - 36
  const marked = at === null ? undefined : steps[at]
  return (
    <>
      {selected === null || selected === undefined ? null : <Selected steps={steps} selected={selected} range={range} x={x} area={area} ground={ground} />}
      <ShapeAxes area={area} domain={domain} scale={scale} />
      {sparseRuns(steps).map(([first, last]) => <Hatch key={first} from={x(endsOf(steps[first] as ShapeStep, range)[0])} to={x(endsOf(steps[last] as ShapeStep, range)[1])} area={area} />)}
      <path className={styles.band} d={bandOf(steps, { range, x, y, area })} />
      {others.map((other) => <path key={other.name} className={other.look === 'dashed' ? styles.dashed : styles.other} d={stepLine(other.steps, { range, x, y, area })} />)}
      <path className={styles.line} d={stepLine(steps, { range, x, y, area })} />
      <Density rows={spreadRows(steps, range)} area={area} ground={ground} />
      {marked === undefined ? null : <path className={styles.mark} d={`M${round((x(endsOf(marked, range)[0]) + x(endsOf(marked, range)[1])) / 2)} ${area.top}V${ground}`} />}
      <RangeAxis area={area} domain={range} name={axis ?? name} at={ground} />
      {apart.map((slot, index) => <Apart key={slot.name} slot={slot} left={area.right + rightRoom(scale) + index * 46} y={y} area={area} ground={ground} most={Math.max(...steps.map(({ rows }) => rows), slot.rows)} />)}
    </>
  )
}

interface Drawn {
  readonly range: Domain
  readonly x: Place
  readonly y: Place
  readonly area: Area
}

function clampY(value: number, { y, area }: Drawn): number {
  return round(Math.min(area.bottom + 4, Math.max(area.top - 4, y(value))))
}

function stepLine(steps: readonly ShapeStep[], drawn: Drawn): string {
  return steps.map((step, index) => {
    const [from, to] = endsOf(step, drawn.range)
    return `${index === 0 ? `M${round(drawn.x(from))} ` : 'V'}${clampY(step.score, drawn)}H${round(drawn.x(to))}`
  }).join('')
}

function bandOf(steps: readonly ShapeStep[], drawn: Drawn): string {
  const held = steps.filter(({ low, high }) => low !== null && high !== null)
  return held.map((step) => {
    const [from, to] = endsOf(step, drawn.range)
    return `M${round(drawn.x(from))} ${clampY(step.high ?? 0, drawn)}H${round(drawn.x(to))}V${clampY(step.low ?? 0, drawn)}H${round(drawn.x(from))}z`
  }).join('')
}

/** Runs of steps that rest on few rows, as places of their first and last. */
export function sparseRuns(steps: readonly ShapeStep[]): [number, number][] {
  const runs: [number, number][] = []
  for (const [index, { rows }] of steps.entries()) {
    if (!(rows < fewRows)) continue
    const last = runs.at(-1)
    if (last !== undefined && last[1] === index - 1) last[1] = index
    else runs.push([index, index])
  }
  return runs
}

function Hatch({ from, to, area }: { readonly from: number; readonly to: number; readonly area: Area }) {
  return <rect className={styles.hatch} x={round(from)} y={area.top} width={round(Math.max(1, to - from))} height={area.bottom - area.top} />
}

interface SelectedProps {
  readonly steps: readonly ShapeStep[]
  readonly selected: readonly [number, number]
  readonly range: Domain
  readonly x: Place
  readonly area: Area
  readonly ground: number
}

function Selected({ steps, selected: [first, last], range, x, area, ground }: SelectedProps) {
  const [start, end] = [steps[first], steps[last]]
  if (start === undefined || end === undefined) return null
  const [left, right] = [x(endsOf(start, range)[0]), x(endsOf(end, range)[1])]
  return <rect className={styles.selected} x={round(left)} y={area.top - 6} width={round(Math.max(2, right - left))} height={ground - area.top + 6} />
}

function Density({ rows, area, ground }: { readonly rows: readonly number[]; readonly area: Area; readonly ground: number }) {
  const most = Math.max(1e-9, ...rows)
  const wide = (area.right - area.left) / rows.length
  // One silhouette without gaps: a step gives its rows evenly to its range, and bars in it would be bars that nothing counted.
  const tops = rows.map((own, index) => `V${round(ground - (own <= 0 ? 0 : Math.max(0.5, (own / most) * strip)))}H${round(area.left + (index + 1) * wide)}`)
  return <path className={styles.density} d={`M${round(area.left)} ${ground}${tops.join('')}V${ground}z`} />
}

interface ApartProps {
  readonly slot: ApartSlot
  readonly left: number
  readonly y: Place
  readonly area: Area
  readonly ground: number
  readonly most: number
}

/** A slot of its own beside the axis, parted by a gap, since it has no place in the order. */
function Apart({ slot, left, y, area, ground, most }: ApartProps) {
  const [from, to] = [left + 10, left + 38]
  const tall = slot.rows === 0 || !Number.isFinite(most) ? 0 : Math.max(0.5, (slot.rows / Math.max(1, most)) * strip)
  return (
    <g>
      {slot.rows < fewRows ? <rect className={styles.hatch} x={from} y={area.top} width={to - from} height={area.bottom - area.top} /> : null}
      <path className={styles.axis} d={`M${from} ${round(y(0))}H${to}`} />
      <path className={styles.line} d={`M${from} ${round(Math.min(area.bottom, Math.max(area.top, y(slot.score))))}H${to}`} />
      <rect className={styles.density} x={from} y={ground - tall} width={to - from} height={tall} />
      <text className={styles.middle} x={(from + to) / 2} y={ground + 15}>{slot.name}</text>
    </g>
  )
}
