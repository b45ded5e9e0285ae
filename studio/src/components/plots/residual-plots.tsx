import { plain } from '#studio/lib/numbers.ts'
import { type Domain, domainOf, linear, round } from '#studio/lib/scales.ts'
import { type Area, RangeAxis, ValueAxis } from './axes.tsx'
import { PlotFrame } from './plot-frame.tsx'
import styles from './plots.module.css'

interface DotsProps {
  readonly label: string
  readonly points: readonly (readonly [number, number])[]
  readonly xName: string
  readonly yName: string
  /** The line that all points would lie on: from its left to its right end. */
  readonly ideal: readonly [readonly [number, number], readonly [number, number]]
  readonly x: Domain
  readonly y: Domain
}

function Dots({ label, points, xName, yName, ideal, x: across, y: up }: DotsProps) {
  const height = 250
  const each = Math.max(1, Math.floor(points.length / 60))
  const table = { head: [xName, yName], rows: points.filter((_, index) => index % each === 0).map(([x, y]) => [plain(x), plain(y)]) }
  return (
    <PlotFrame label={label} height={height} table={table}>
      {(width) => {
        const area: Area = { left: 52, right: width - 10, top: 22, bottom: height - 36 }
        const x = linear(across, [area.left, area.right])
        const y = linear(up, [area.bottom, area.top])
        return (
          <>
            <ValueAxis area={area} domain={up} name={yName} />
            <RangeAxis area={area} domain={across} name={xName} />
            <path className={styles.dashed} d={`M${round(x(ideal[0][0]))} ${round(y(ideal[0][1]))}L${round(x(ideal[1][0]))} ${round(y(ideal[1][1]))}`} />
            {points.map(([left, top], index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name here.
              <circle key={index} className={styles.dot} cx={round(x(left))} cy={round(y(top))} r="2.5" />
            ))}
          </>
        )
      }}
    </PlotFrame>
  )
}

interface PairPoint {
  readonly predicted: number
  readonly actual: number
}

/** What was predicted against what it was: on the diagonal nothing is off. */
export function PredictedActual({ points, unit }: { readonly points: readonly PairPoint[]; readonly unit: string }) {
  const domain = domainOf(points.flatMap(({ predicted, actual }) => [predicted, actual]), { margin: 0.03 })
  return <Dots label="Predicted against actual values" points={points.map(({ predicted, actual }) => [predicted, actual])} xName={`predicted ${unit}`} yName={`actual ${unit}`} ideal={[[domain.low, domain.low], [domain.high, domain.high]]} x={domain} y={domain} />
}

/** What is left over a prediction: without pattern around zero where nothing more can be learnt. */
export function ResidualPlot({ points, unit }: { readonly points: readonly PairPoint[]; readonly unit: string }) {
  const residuals = points.map(({ predicted, actual }) => [predicted, actual - predicted] as const)
  const across = domainOf(residuals.map(([predicted]) => predicted), { margin: 0.03 })
  return <Dots label="Residuals against predictions" points={residuals} xName={`predicted ${unit}`} yName="actual less predicted" ideal={[[across.low, 0], [across.high, 0]]} x={across} y={domainOf(residuals.map(([, residual]) => residual), { zero: true, margin: 0.05 })} />
}

/** Quantiles of the residual against those of a normal distribution: tails off the line are heavier or lighter. */
export function QuantilePlot({ pairs }: { readonly pairs: readonly { readonly expected: number; readonly observed: number }[] }) {
  const points = pairs.map(({ expected, observed }) => [expected, observed] as const)
  const [low, high] = [points[Math.floor(points.length * 0.25)], points[Math.floor(points.length * 0.75)]]
  const across = domainOf(points.map(([expected]) => expected), { margin: 0.03 })
  const slope = low === undefined || high === undefined || high[0] === low[0] ? 1 : (high[1] - low[1]) / (high[0] - low[0])
  const at = (value: number) => (low === undefined ? 0 : low[1] + slope * (value - low[0]))
  return <Dots label="Quantiles of the residuals against a normal distribution" points={points} xName="expected, in standard deviations" yName="residual" ideal={[[across.low, at(across.low)], [across.high, at(across.high)]]} x={across} y={domainOf(points.map(([, observed]) => observed), { margin: 0.05 })} />
}
