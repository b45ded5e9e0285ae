import { count, plain } from '#studio/lib/numbers.ts'
import { type Domain, linear, round } from '#studio/lib/scales.ts'
import { type Area, RangeAxis, ValueAxis } from './axes.tsx'
import { Legend } from './legend.tsx'
import { PlotFrame } from './plot-frame.tsx'
import styles from './plots.module.css'

/** Rows with from <= value < to. */
export interface HistogramBin {
  readonly from: number
  readonly to: number
  readonly rows: number
}

/** A quantile or another number to be marked: median 1,397. */
export interface HistogramMark {
  readonly name: string
  readonly value: number
}

interface HistogramProps {
  readonly label: string
  readonly bins: readonly HistogramBin[]
  /** What is counted along the bottom, with its unit: "TotalCharges, euro". */
  readonly name: string
  readonly marks?: readonly HistogramMark[]
  /** The same column elsewhere, as an outline; its rows are scaled to those of `bins`. */
  readonly reference?: readonly HistogramBin[]
  readonly names?: { readonly own: string; readonly reference: string }
  readonly height?: number
}

/** Counts over ranges of a number, with quantiles marked and, where given, a reference as outline. */
export function Histogram({ label, bins, name, marks = [], reference, names = { own: 'now', reference: 'reference' }, height = 150 }: HistogramProps) {
  const scaled = scaledTo(reference ?? [], rowsOf(bins))
  const domain = domainOfBins([...bins, ...scaled])
  const table = { head: ['range', 'rows'], rows: bins.map(({ from, to, rows }) => [`${plain(from)} to ${plain(to)}`, count(rows)]) }
  const legend = reference === undefined ? undefined : <Legend items={[{ mark: 'blue-wash', text: names.own }, { mark: 'grey-outline', text: `${names.reference}, scaled to as many rows` }]} />
  return (
    <PlotFrame label={label} height={height} table={table} legend={legend}>
      {(width) => {
        const area: Area = { left: 44, right: width - 8, top: 20, bottom: height - 36 }
        const counts: Domain = { low: 0, high: Math.max(1, ...[...bins, ...scaled].map(({ rows }) => rows)) }
        const x = linear(domain, [area.left, area.right])
        const y = linear(counts, [area.bottom, area.top])
        return (
          <>
            <ValueAxis area={area} domain={counts} />
            <path className={styles.blueWash} d={barsPath(bins, x, y)} />
            {scaled.length === 0 ? null : <path className={styles.outline} d={outlinePath(scaled, x, y)} />}
            <path className={styles.axis} d={`M${area.left} ${area.bottom}H${area.right}`} />
            <Marks marks={marks} area={area} x={x} />
            <RangeAxis area={area} domain={domain} name={name} />
          </>
        )
      }}
    </PlotFrame>
  )
}

/** Each mark's words stand beside its line, one row lower than its neighbour's where they would meet. */
function Marks({ marks, area, x }: { readonly marks: readonly HistogramMark[]; readonly area: Area; readonly x: (value: number) => number }) {
  return marks.map(({ name, value }, index) => {
    const at = round(x(value))
    const right = at > (area.left + area.right) / 2
    return (
      <g key={name}>
        <path className={styles.mark} d={`M${at} ${area.top - 8}V${area.bottom}`} />
        <text className={right ? `${styles.name} ${styles.end}` : styles.name} x={right ? at - 5 : at + 5} y={area.top + index * 14}>{`${name} ${plain(value)}`}</text>
      </g>
    )
  })
}

export function rowsOf(bins: readonly HistogramBin[]): number {
  return bins.reduce((sum, { rows }) => sum + rows, 0)
}

function scaledTo(bins: readonly HistogramBin[], rows: number): HistogramBin[] {
  const own = rowsOf(bins)
  return own === 0 ? [] : bins.map((bin) => ({ ...bin, rows: (bin.rows * rows) / own }))
}

export function domainOfBins(bins: readonly HistogramBin[]): Domain {
  if (bins.length === 0) return { low: 0, high: 1 }
  const low = Math.min(...bins.map(({ from }) => from))
  const high = Math.max(...bins.map(({ to }) => to))
  return low === high ? { low: low - 0.5, high: high + 0.5 } : { low, high }
}

type Place = (value: number) => number

/** All bars as one path; a gap of one pixel between them where there is room. */
export function barsPath(bins: readonly HistogramBin[], x: Place, y: Place): string {
  const zero = round(y(0))
  return bins
    .filter(({ rows }) => rows > 0)
    .map(({ from, to, rows }) => {
      const [left, right] = [x(from), x(to)]
      const wide = right - left > 3 ? right - left - 1 : Math.max(1, right - left)
      return `M${round(left)} ${zero}V${Math.min(round(y(rows)), zero - 0.5)}h${round(wide)}V${zero}z`
    })
    .join('')
}

/** The outline of a histogram as one stepped line from the ground and back to it. */
export function outlinePath(bins: readonly HistogramBin[], x: Place, y: Place): string {
  const steps = bins.map(({ from, to, rows }, index) => `${index === 0 ? `M${round(x(from))} ${round(y(0))}` : ''}V${round(y(rows))}H${round(x(to))}`)
  return `${steps.join('')}V${round(y(0))}`
}
