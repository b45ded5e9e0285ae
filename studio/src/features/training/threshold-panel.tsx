import { Button } from '#studio/components/button.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { CallTiles } from '#studio/components/plots/call-tiles.tsx'
import { ScoreHistogram } from '#studio/components/plots/score-histogram.tsx'
import { cheapest, type Costs, countsAt, withEnds } from '#studio/components/plots/threshold-data.ts'
import { digits, plain, share } from '#studio/lib/numbers.ts'
import type { Fresh } from './fresh-data.ts'
import styles from './training.module.css'

export interface Names {
  readonly positive: string
  readonly negative: string
}

interface ThresholdPanelProps {
  readonly fresh: Fresh
  readonly names: Names
  readonly costs: Costs
  readonly threshold: number
  readonly disabled: boolean
  /** True where the shapes are edited: the scores are those of the fit before. */
  readonly edited: boolean
  readonly onCosts: (costs: Costs) => void
  readonly onThreshold: (threshold: number) => void
}

/** From which probability on rows are flagged, and what that costs. */
export function ThresholdPanel({ fresh, names, costs, threshold, disabled, edited, onCosts, onThreshold }: ThresholdPanelProps) {
  const counts = withEnds(fresh.thresholds ?? [])
  const now = countsAt(counts, threshold)
  const least = cheapest(counts, costs)
  const write = (cost: number) => digits(cost)
  return (
    <Panel title="Threshold and cost" aside="out-of-fold scores" footer={`The threshold is settled on out-of-fold rows; the test rows are not looked at for it.${edited ? ' These scores are of the fit before its edits.' : ''}`}>
      <div className="stack loose">
        <ScoreHistogram bins={fresh.score_histogram ?? []} counts={counts} costs={costs} threshold={threshold} names={names} write={write} onChange={onThreshold} disabled={disabled} />
        <div className={styles.fields}>
          <CostField label="A false alarm costs" value={costs.falsePositive} disabled={disabled} onChange={(falsePositive) => onCosts({ ...costs, falsePositive })} />
          <CostField label="A miss costs" value={costs.falseNegative} disabled={disabled} onChange={(falseNegative) => onCosts({ ...costs, falseNegative })} />
          <label className={styles.field}>Threshold, %
            <input type="number" min={0} max={100} step={1} value={Math.round(threshold * 100)} disabled={disabled} onChange={(event) => { if (event.currentTarget.value !== '') onThreshold(Math.min(100, Math.max(0, Math.round(event.currentTarget.valueAsNumber))) / 100) }} />
          </label>
        </div>
        {least === null || Math.abs(least.threshold - threshold) < 0.005 ? null : <div><Button disabled={disabled} onClick={() => onThreshold(least.threshold)}>Go to the lowest cost, {share(least.threshold)}</Button></div>}
        {now === null ? null : <CallTiles counts={now} names={names} each={{ missed: `${plain(costs.falseNegative)} each`, bothered: `${plain(costs.falsePositive)} each` }} />}
      </div>
    </Panel>
  )
}

function CostField({ label, value, disabled, onChange }: { readonly label: string; readonly value: number; readonly disabled: boolean; readonly onChange: (value: number) => void }) {
  return (
    <label className={styles.field}>{label}
      <input type="number" min={0} step="any" defaultValue={value} disabled={disabled} onChange={(event) => { if (event.currentTarget.valueAsNumber > 0) onChange(event.currentTarget.valueAsNumber) }} />
    </label>
  )
}
