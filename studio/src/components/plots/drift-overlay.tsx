import { count, plain, share } from '#studio/lib/numbers.ts'
import { linear, tickText, ticksOf } from '#studio/lib/scales.ts'
import { type Area, RangeAxis, ValueAxis } from './axes.tsx'
import { barsPath, domainOfBins, type HistogramBin, outlinePath, rowsOf } from './histogram.tsx'
import { Legend } from './legend.tsx'
import { PlotFrame } from './plot-frame.tsx'
import styles from './plots.module.css'

interface DriftOverlayProps {
  readonly label: string
  readonly name: string
  readonly reference: readonly HistogramBin[]
  readonly current: readonly HistogramBin[]
  readonly height?: number
}

/** A number then and now, both as shares of their rows: the reference as outline, the current rows as bars. */
export function DriftOverlay({ label, name, reference, current, height = 150 }: DriftOverlayProps) {
  const [then, now] = [sharesOf(reference), sharesOf(current)]
  const domain = domainOfBins([...then, ...now])
  const table = {
    head: ['range', 'reference', 'current', 'current rows'],
    rows: current.map(({ from, to, rows }, index) => [`${plain(from)} to ${plain(to)}`, share(then[index]?.rows ?? 0), share(now[index]?.rows ?? 0), count(rows)]),
  }
  return (
    <PlotFrame label={label} height={height} table={table} legend={<Legend items={[{ mark: 'grey-outline', text: `reference, ${count(rowsOf(reference))} rows` }, { mark: 'blue-wash', text: `current, ${count(rowsOf(current))} rows` }]} />}>
      {(width) => {
        const area: Area = { left: 44, right: width - 8, top: 8, bottom: height - 36 }
        const shares = { low: 0, high: Math.max(1e-9, ...[...then, ...now].map(({ rows }) => rows)) }
        const ticks = ticksOf({ low: 0, high: shares.high * 100 }, 4)
        const x = linear(domain, [area.left, area.right])
        const y = linear(shares, [area.bottom, area.top])
        return (
          <>
            <ValueAxis area={area} domain={shares} ticks={ticks.map((tick) => tick / 100)} write={(value) => `${tickText(ticks, value * 100)} %`} />
            <path className={styles.blueWash} d={barsPath(now, x, y)} />
            <path className={styles.outline} d={outlinePath(then, x, y)} />
            <path className={styles.axis} d={`M${area.left} ${area.bottom}H${area.right}`} />
            <RangeAxis area={area} domain={domain} name={name} />
          </>
        )
      }}
    </PlotFrame>
  )
}

function sharesOf(bins: readonly HistogramBin[]): HistogramBin[] {
  const rows = Math.max(1, rowsOf(bins))
  return bins.map((bin) => ({ ...bin, rows: bin.rows / rows }))
}
