import { digits, interval, signed } from '#studio/lib/numbers.ts'
import { type Domain, linear, round } from '#studio/lib/scales.ts'
import type { Area } from './axes.tsx'
import { BarDrawing, narrowSlot } from './bar-drawing.tsx'
import styles from './plots.module.css'
import { TableOnDemand } from './plot-frame.tsx'
import { leftRoom, rightRoom, ShapeAxes } from './shape-axes.tsx'
import type { ApartSlot, ScoreScale, ShapeLevel } from './shape-data.ts'
import { usePlotWidth } from './use-plot-width.ts'
import { useReadout } from './use-readout.ts'

interface ShapeBarsProps {
  readonly label: string
  readonly name: string
  readonly levels: readonly ShapeLevel[]
  readonly apart?: readonly ApartSlot[]
  /** True where the levels have an order of their own; otherwise they stand by what they add, the highest first. */
  readonly ordered?: boolean
  /** The same levels before an edit or without a direction, as dashed lines. */
  readonly others?: readonly ShapeLevel[]
  readonly domain: Domain
  readonly scale: ScoreScale
  readonly height?: number
}

/** What each level says: bars from zero with their error, and the rows below. */
export function ShapeBars({ label, name, levels, apart = [], ordered = false, others, domain, scale, height = 190 }: ShapeBarsProps) {
  const [box, width] = usePlotWidth()
  const sorted = ordered ? levels : levels.toSorted((left, right) => right.score - left.score)
  const bars = [...sorted.map((level) => ({ ...level, apart: false })), ...apart.filter(({ rows, score }) => rows > 0 || score !== 0).map(({ name: slot, score, rows }) => ({ levels: [slot], score, rows, low: null, high: null, apart: true }))]
  const area: Area = { left: leftRoom(domain), right: width - rightRoom(scale), top: 10, bottom: height - 72 }
  const wide = (area.right - area.left) / Math.max(1, bars.length)
  const readout = useReadout({ label, count: bars.length, describe: (index) => describe(bars[index], name, scale), find: (x) => placeOf((x - area.left) / wide, bars.length) })
  const rows = bars.map((bar) => [levelsText(bar.levels), signed(bar.score, 3), bar.low === null || bar.high === null ? 'none' : interval([bar.low, bar.high], (value) => signed(value, 3)), bar.rows.toLocaleString('en-US')])
  return (
    <div className={styles.frame}>
      <div ref={box} {...readout.props} className={styles.pointing}>
        <svg className={styles.plot} width="100%" height={height} aria-hidden="true">
          {width > 0 ? (
            <>
              <ShapeAxes area={area} domain={domain} scale={scale} />
              <BarDrawing bars={bars} others={others ?? []} area={area} y={linear(domain, [area.bottom, area.top])} ground={height - 36} at={readout.at} />
              {wide < narrowSlot ? null : <text className={styles.middle} x={round((area.left + area.right) / 2)} y={height - 6}>{name}</text>}
            </>
          ) : null}
        </svg>
      </div>
      <div className={styles.under}>
        <p className={styles.readout} aria-hidden="true">{readout.at === null ? '' : describe(bars[readout.at], name, scale)}</p>
        <TableOnDemand label={label} table={{ head: ['level', 'score', '95 % band', 'rows'], rows }} />
      </div>
    </div>
  )
}

function placeOf(place: number, count: number): number | null {
  const index = Math.floor(place)
  return index >= 0 && index < count ? index : null
}

export function levelsText(levels: readonly string[], most = 4): string {
  const shown = levels.slice(0, most).map((level) => (level === '' ? '(empty)' : level)).join(', ')
  return levels.length > most ? `${shown} and ${levels.length - most} more` : shown
}

function describe(bar: ShapeLevel | undefined, name: string, scale: ScoreScale): string {
  if (bar === undefined) return ''
  const factor = scale === 'value' ? '' : `, ${scale === 'log-odds' ? 'odds ' : ''}× ${digits(Math.exp(bar.score))}`
  const band = bar.low === null || bar.high === null ? '' : ` ${interval([bar.low, bar.high], (value) => signed(value, 2))}`
  return `${name} ${levelsText(bar.levels)}: ${signed(bar.score, 2)}${band}${factor}, ${bar.rows.toLocaleString('en-US')} rows`
}
