import { useState } from 'react'
import { Panel } from '#studio/components/panel.tsx'
import { CalibrationPlot } from '#studio/components/plots/calibration-plot.tsx'
import { ConfusionMatrix } from '#studio/components/plots/confusion-matrix.tsx'
import { Histogram } from '#studio/components/plots/histogram.tsx'
import { LiftTable } from '#studio/components/plots/lift-table.tsx'
import { PredictedActual, QuantilePlot, ResidualPlot } from '#studio/components/plots/residual-plots.tsx'
import { PrecisionRecall, RocCurve } from '#studio/components/plots/roc-curve.tsx'
import { Segments } from '#studio/components/segments.tsx'
import { StatTable } from '#studio/components/stat-table.tsx'
import { count, digits, metric, plain, share, signed } from '#studio/lib/numbers.ts'
import { calibrationBins, type Fresh } from './fresh-data.ts'
import type { Names } from './threshold-panel.tsx'

interface FreshPanelsProps {
  readonly fresh: Fresh
  readonly names: Names
  readonly threshold: number | null
  /** Which rows: "out of fold", "sealed test rows". */
  readonly rows: string
}

/** Curves, calibration, residuals and worst segments of rows that the model did not learn from. */
export function FreshPanels(props: FreshPanelsProps) {
  const { fresh, names, threshold, rows } = props
  return (
    <>
      {fresh.curves === undefined || fresh.curves.length === 0 ? null : <CallCurves {...props} points={fresh.curves} />}
      {fresh.reliability === undefined ? null : <Calibration fresh={fresh} event={fresh.curves === undefined ? 'as predicted' : names.positive} rows={rows} />}
      {fresh.confusion === undefined || (fresh.curves !== undefined && threshold !== null && rows === 'out of fold') ? null : <Panel title="What was called what" aside={rows}><ConfusionMatrix {...fresh.confusion} /></Panel>}
      <Residuals fresh={fresh} rows={rows} />
      <Worst fresh={fresh} rows={rows} />
    </>
  )
}

type Curve = 'roc' | 'pr' | 'lift'

function CallCurves({ fresh, names, threshold, rows, points }: FreshPanelsProps & { readonly points: NonNullable<Fresh['curves']> }) {
  const [curve, setCurve] = useState<Curve>('roc')
  const counts = fresh.thresholds?.[0]
  const positives = counts === undefined ? 0 : counts.true_positives + counts.false_negatives
  const rate = counts === undefined ? 0 : positives / Math.max(1, positives + counts.false_positives + counts.true_negatives)
  return (
    <Panel title="Caught and bothered" aside={rows}>
      <div className="stack">
        <Segments label="Curve" value={curve} onChange={setCurve} options={[{ value: 'roc', label: 'ROC' }, { value: 'pr', label: 'Precision' }, { value: 'lift', label: 'Lift' }]} />
        {curve === 'roc' ? <RocCurve points={points} threshold={threshold} names={names} rate={rate} /> : null}
        {curve === 'pr' ? <PrecisionRecall points={points} threshold={threshold} names={names} rate={rate} /> : null}
        {curve === 'lift' ? <LiftTable bins={fresh.lift ?? []} positive={names.positive} /> : null}
      </div>
    </Panel>
  )
}

function Calibration({ fresh, event, rows }: { readonly fresh: Fresh; readonly event: string; readonly rows: string }) {
  const { calibration, reliability } = fresh
  const after = calibration?.after ?? reliability
  if (after === undefined) return null
  const applied = calibration !== null && calibration !== undefined && calibration.kind !== 'identity'
  const before = applied && calibration.before !== null && calibration.before !== undefined ? calibrationBins(calibration.before) : undefined
  const said = applied ? `Calibrated (${calibration.kind}), which lowers the log loss distinguishably.` : 'No recalibration is proposed: none lowers the log loss distinguishably.'
  const slope = after.slope === null || after.intercept === null ? '' : ` Slope ${digits(after.slope)}, intercept ${signed(after.intercept, 2)}; 1 and 0 are perfect.`
  return (
    <Panel title="Calibration" aside={`Brier ${metric(after.brier)} · error ${metric(after.expected_error)}`} footer={`${after.bins.length} bins of about as many rows, Wilson 95 % bars, ${rows}. ${calibration === undefined || calibration === null ? '' : said}${slope}${calibration?.note ? ` ${calibration.note}` : ''}`}>
      <CalibrationPlot label={`Reliability in ${after.bins.length} bins`} bins={calibrationBins(after)} {...(before === undefined ? {} : { before })} event={event} />
    </Panel>
  )
}

function Residuals({ fresh, rows }: { readonly fresh: Fresh; readonly rows: string }) {
  const [plot, setPlot] = useState<'actual' | 'residual' | 'histogram' | 'quantiles'>('actual')
  const { residual_plots: plots, residuals } = fresh
  if (plots === null || plots === undefined) return null
  const within = residuals?.within.map(({ share: part, value }) => `${share(part)} of the rows within ${plain(value)}`).join(', ')
  return (
    <Panel title="Predicted and actual" aside={rows} footer={within === undefined ? undefined : `${within}.`}>
      <div className="stack">
        <Segments label="Plot" value={plot} onChange={setPlot} options={[{ value: 'actual', label: 'Actual' }, { value: 'residual', label: 'Residual' }, { value: 'histogram', label: 'Errors' }, { value: 'quantiles', label: 'Q-Q' }]} />
        {plot === 'actual' ? <PredictedActual points={plots.predicted_actual} unit="" /> : null}
        {plot === 'residual' ? <ResidualPlot points={plots.predicted_actual} unit="" /> : null}
        {plot === 'histogram' ? <Histogram label="Histogram of the residuals" name="actual less predicted" bins={plots.histogram.flatMap(({ from, to, rows: own }) => (from === null || to === null ? [] : [{ from, to, rows: own }]))} /> : null}
        {plot === 'quantiles' ? <QuantilePlot pairs={plots.quantile_pairs} /> : null}
      </div>
    </Panel>
  )
}

function Worst({ fresh, rows }: { readonly fresh: Fresh; readonly rows: string }) {
  const { segments: found } = fresh
  if (found === undefined) return null
  const write = found.segments.every(({ loss }) => Math.abs(loss) < 100) ? metric : (value: number) => count(Number(value.toPrecision(3)))
  return (
    <Panel title="Where it does worst" aside={`${found.loss}, ${rows}`} footer={`${count(found.compared)} segments were compared; those told do distinguishably worse than all other rows, corrected for how many were looked at.`}>
      {found.segments.length === 0 ? <p className="soft">No segment does distinguishably worse than the rest.</p> : (
        <StatTable
          caption="Segments on which the model does worst"
          rows={found.segments}
          keyOf={({ name }) => name}
          columns={[
            { key: 'name', head: 'Rows where', cell: ({ name }) => <code>{name}</code> },
            { key: 'rows', head: 'Rows', cell: ({ rows: own }) => count(own), numeric: true },
            { key: 'loss', head: 'Loss', cell: ({ loss }) => write(loss), numeric: true },
            { key: 'more', head: 'Above others [95 %]', cell: ({ difference }) => <>+{write(difference.value)}<div className="sub">[{write(difference.low)}, {write(difference.high)}]</div></>, numeric: true },
          ]}
        />
      )}
    </Panel>
  )
}
