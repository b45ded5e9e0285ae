import type { ReactNode } from 'react'
import { share } from '#studio/lib/numbers.ts'
import { linear, pathOf, type Place, round } from '#studio/lib/scales.ts'
import { type Area, RangeAxis, ValueAxis } from './axes.tsx'
import { PlotFrame } from './plot-frame.tsx'
import styles from './plots.module.css'

const unit = { low: 0, high: 1 }
const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]

interface UnitCurveProps {
  readonly label: string
  readonly xName: string
  readonly yName: string
  readonly points: readonly (readonly [number, number])[]
  /** What a model without any knowledge would be at: drawn dashed. */
  readonly chance: readonly (readonly [number, number])[]
  /** The chosen threshold on the curve. */
  readonly marked: { readonly at: readonly [number, number]; readonly text: string } | null
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  readonly legend?: ReactNode
  readonly height?: number
}

/** A curve of two shares, both from 0 to 100 %. */
export function UnitCurve({ label, xName, yName, points, chance, marked, table, legend, height = 240 }: UnitCurveProps) {
  return (
    <PlotFrame label={label} height={height} table={table} legend={legend}>
      {(width) => {
        const area: Area = { left: 44, right: Math.min(width - 12, 44 + (height - 58) * 1.7), top: 22, bottom: height - 36 }
        const x = linear(unit, [area.left, area.right])
        const y = linear(unit, [area.bottom, area.top])
        return (
          <>
            <ValueAxis area={area} domain={unit} ticks={ticks} write={share} name={yName} />
            <RangeAxis area={area} domain={unit} ticks={ticks} write={share} name={xName} />
            <path className={styles.dashed} d={draw(chance, x, y)} />
            <path className={styles.line} d={draw(points, x, y)} />
            {marked === null ? null : <Marked marked={marked} area={area} x={x} y={y} />}
          </>
        )
      }}
    </PlotFrame>
  )
}

function draw(points: UnitCurveProps['points'], x: Place, y: Place): string {
  return pathOf(points.map(([across, up]) => [x(across), y(up)] as const))
}

function Marked({ marked: { at, text }, area, x, y }: { readonly marked: NonNullable<UnitCurveProps['marked']>; readonly area: Area; readonly x: Place; readonly y: Place }) {
  const [left, top] = [round(x(at[0])), round(y(at[1]))]
  const right = left > (area.left + area.right) / 2
  return (
    <g>
      <circle className={styles.pointInk} cx={left} cy={top} r="5" />
      <text className={right ? `${styles.name} ${styles.end}` : styles.name} x={right ? left - 9 : left + 9} y={Math.min(area.bottom - 4, top + 15)}>{text}</text>
    </g>
  )
}
