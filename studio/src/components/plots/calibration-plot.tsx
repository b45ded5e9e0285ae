import { count, share } from '#studio/lib/numbers.ts'
import { linear, type Place, round } from '#studio/lib/scales.ts'
import { type Area, RangeAxis, ValueAxis } from './axes.tsx'
import { Legend } from './legend.tsx'
import { PlotFrame } from './plot-frame.tsx'
import styles from './plots.module.css'

/** Rows of similar probability: what was said, what came true, with Wilson's 95 % interval. */
export interface CalibrationBin {
  readonly rows: number
  readonly said: number
  readonly rate: number
  readonly low: number
  readonly high: number
}

interface CalibrationPlotProps {
  readonly label: string
  readonly bins: readonly CalibrationBin[]
  /** Before calibration, hollow and grey; absent where nothing was calibrated. */
  readonly before?: readonly CalibrationBin[]
  /** What comes true, in a word: "left". */
  readonly event: string
  readonly height?: number
}

const unit = { low: 0, high: 1 }
const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
const strip = 22

/** What was said against what came true: on the diagonal probabilities can be taken at their word. */
export function CalibrationPlot({ label, bins, before, event, height = 260 }: CalibrationPlotProps) {
  const table = { head: ['said', 'came true', '95 %', 'rows'], rows: bins.map((bin) => [share(bin.said), share(bin.rate), `${share(bin.low)} to ${share(bin.high)}`, count(bin.rows)]) }
  const legend = before === undefined ? undefined : <Legend items={[{ mark: 'line', text: 'calibrated, cross-validated' }, { mark: 'dashed', text: 'before, hollow' }]} />
  return (
    <PlotFrame label={label} height={height} table={table} legend={legend}>
      {(width) => {
        const area: Area = { left: 44, right: Math.min(width - 12, 44 + height * 1.5), top: 22, bottom: height - 64 }
        const x = linear(unit, [area.left, area.right])
        const y = linear(unit, [area.bottom, area.top])
        const most = Math.max(1, ...bins.map(({ rows }) => rows))
        return (
          <>
            <ValueAxis area={area} domain={unit} ticks={ticks} write={share} name={`share of rows that are ${event}`} />
            <RangeAxis area={area} domain={unit} ticks={ticks} write={share} name="probability that was said" at={area.bottom + strip + 6} />
            <path className={styles.dashed} d={`M${round(x(0))} ${round(y(0))}L${round(x(1))} ${round(y(1))}`} />
            {before?.map((bin) => <Bin key={bin.said} bin={bin} x={x} y={y} className={styles.pointGrey} />)}
            {bins.map((bin) => <Bin key={bin.said} bin={bin} x={x} y={y} className={styles.point} whisker />)}
            {bins.map((bin) => <rect key={bin.said} className={styles.density} x={round(x(bin.said) - 2)} width="4" y={round(area.bottom + strip + 4 - (bin.rows / most) * strip)} height={round(Math.max(1, (bin.rows / most) * strip))} />)}
          </>
        )
      }}
    </PlotFrame>
  )
}

function Bin({ bin, x, y, className, whisker = false }: { readonly bin: CalibrationBin; readonly x: Place; readonly y: Place; readonly className: string | undefined; readonly whisker?: boolean }) {
  return (
    <g>
      {whisker ? <path className={styles.whisker} d={`M${round(x(bin.said))} ${round(y(bin.low))}V${round(y(bin.high))}`} /> : null}
      <circle className={className} cx={round(x(bin.said))} cy={round(y(bin.rate))} r="4" />
    </g>
  )
}
