import type { KeyboardEvent } from 'react'
import { count, share } from '#studio/lib/numbers.ts'
import { domainOf, linear, pathOf, round } from '#studio/lib/scales.ts'
import type { Area } from './axes.tsx'
import { Legend } from './legend.tsx'
import { PlotFrame } from './plot-frame.tsx'
import styles from './plots.module.css'
import { cheapest, type Costs, costOf, countsAt, type ThresholdCounts } from './threshold-data.ts'

/** Rows of both classes with from <= probability < to. */
export interface ScoreBin {
  readonly from: number
  readonly to: number
  readonly negatives: number
  readonly positives: number
}

interface ScoreHistogramProps {
  readonly bins: readonly ScoreBin[]
  /** By threshold, with the ends. */
  readonly counts: readonly ThresholdCounts[]
  readonly costs: Costs
  readonly threshold: number
  readonly names: { readonly positive: string; readonly negative: string }
  /** How an amount is written: € 24.0. */
  readonly write: (cost: number) => string
  readonly onChange: (threshold: number) => void
  readonly disabled?: boolean
}

/** Scores of both classes over the cost of each threshold; the slider below is the axis of both. */
export function ScoreHistogram({ bins, counts, costs, threshold, names, write, onChange, disabled = false }: ScoreHistogramProps) {
  const sums = { positives: bins.reduce((sum, { positives }) => sum + positives, 0), negatives: bins.reduce((sum, { negatives }) => sum + negatives, 0) }
  const least = cheapest(counts, costs)
  const label = `Scores of ${names.positive} and ${names.negative}, and the cost at each threshold${least === null ? '' : `; lowest at ${share(least.threshold)}`}`
  const table = { head: ['score', names.negative, names.positive], rows: bins.map((bin) => [`${share(bin.from)} to ${share(bin.to)}`, count(bin.negatives), count(bin.positives)]) }
  const legend = <Legend items={[{ mark: 'blue-wash', text: `${names.negative}, ${count(sums.negatives)}` }, { mark: 'orange-wash', text: `${names.positive}, ${count(sums.positives)}` }, { mark: 'ink', text: 'cost a row' }]} />
  const slider = (
    <div className={styles.slider}>
      <input type="range" min={0} max={100} step={1} value={Math.round(threshold * 100)} disabled={disabled} aria-label="Threshold" aria-valuetext={share(threshold)} onChange={(event) => onChange(Number(event.currentTarget.value) / 100)} onKeyDown={(event) => shiftStep(event, threshold, onChange)} />
      <div className={styles.ends}><span>0 %</span><span>probability of {names.positive}</span><span>100 %</span></div>
    </div>
  )
  return (
    <PlotFrame label={label} height={176} table={table} legend={legend} under={slider}>
      {(width) => <Drawing bins={bins} counts={counts} costs={costs} threshold={threshold} write={write} width={width} least={least} />}
    </PlotFrame>
  )
}

/** With shift, arrows go five points. */
function shiftStep(event: KeyboardEvent, threshold: number, onChange: (threshold: number) => void): void {
  const way = event.key === 'ArrowRight' || event.key === 'ArrowUp' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowDown' ? -1 : 0
  if (way === 0 || !event.shiftKey) return
  event.preventDefault()
  onChange(Math.min(1, Math.max(0, Math.round(threshold * 100 + 5 * way) / 100)))
}

interface DrawingProps extends Pick<ScoreHistogramProps, 'bins' | 'counts' | 'costs' | 'threshold' | 'write'> {
  readonly width: number
  readonly least: ThresholdCounts | null
}

function Drawing({ bins, counts, costs, threshold, write, width, least }: DrawingProps) {
  const area: Area = { left: 8, right: width - 8, top: 22, bottom: 100 }
  const x = linear({ low: 0, high: 1 }, [area.left, area.right])
  const y = linear({ low: 0, high: Math.max(1, ...bins.flatMap(({ positives, negatives }) => [positives, negatives])) }, [area.bottom, area.top])
  const priced = counts.map((one) => ({ at: one.threshold, cost: costOf(one, costs) }))
  const z = linear(domainOf(priced.map(({ cost }) => cost), { margin: 0.05 }), [170, 118])
  const at = round(x(threshold))
  const now = countsAt(counts, threshold)
  const right = threshold > 0.5
  return (
    <>
      <path className={styles.blueWash} d={bars(bins, ({ negatives }) => negatives, { x, y })} />
      <path className={styles.orangeWash} d={bars(bins, ({ positives }) => positives, { x, y })} />
      <path className={styles.axis} d={`M${area.left} ${area.bottom}H${area.right}`} />
      <path className={styles.lineInk} d={pathOf(priced.map((point) => [x(point.at), z(point.cost)] as const))} />
      {least === null ? null : <circle className={styles.pointHollow} cx={round(x(least.threshold))} cy={round(z(costOf(least, costs)))} r="4" />}
      <path className={styles.mark} d={`M${at} 8V176`} />
      {now === null ? null : <circle className={styles.pointInk} cx={at} cy={round(z(costOf(now, costs)))} r="4.5" />}
      <text className={right ? `${styles.name} ${styles.end}` : styles.name} x={right ? at - 7 : at + 7} y="16">{`from ${share(threshold)}${now === null ? '' : `, ${write(costOf(now, costs))} a row`}${least !== null && Math.abs(least.threshold - threshold) < 0.005 ? ', the lowest' : ''}`}</text>
    </>
  )
}

function bars(bins: readonly ScoreBin[], rows: (bin: ScoreBin) => number, { x, y }: { readonly x: (value: number) => number; readonly y: (value: number) => number }): string {
  return bins.filter((bin) => rows(bin) > 0).map((bin) => `M${round(x(bin.from))} ${round(y(0))}V${round(Math.min(y(rows(bin)), y(0) - 0.5))}H${round(x(bin.to) - 1)}V${round(y(0))}z`).join('')
}
