import { thousandths, thousandthsInterval } from '#studio/lib/numbers.ts'
import { domainOf, linear, pathOf, round, tickText, ticksOf } from '#studio/lib/scales.ts'
import { type Area, ValueAxis } from './axes.tsx'
import { PlotFrame } from './plot-frame.tsx'
import styles from './plots.module.css'

/** The gain after one more was added. */
export interface GainStep {
  readonly name: string
  readonly gain: number
  readonly interval: readonly [number, number] | null
}

interface CumulativeGainCurveProps {
  readonly label: string
  /** In the order in which they were added; nothing added is drawn as zero. */
  readonly steps: readonly GainStep[]
  /** Where the curve stops to rise: so many steps. Null where it never does. */
  readonly knee: number | null
  /** "AUC × 0.001": gains are drawn in thousandths. */
  readonly unit: string
  readonly name?: string
  readonly height?: number
}

/** What adding one after the other gains, with its band and the knee. */
export function CumulativeGainCurve({ label, steps, knee, unit, name = 'features added, best first', height = 220 }: CumulativeGainCurveProps) {
  const table = { head: ['added', `gain, ${unit}`, '95 %'], rows: steps.map((step) => [step.name, thousandths(step.gain, step.interval), step.interval === null ? 'not measured' : thousandthsInterval(step.interval)]) }
  return (
    <PlotFrame label={label} height={height} table={table} legend={knee === 0 ? <p className="sub">None is recommended: after all that was tried, no gain is told from chance.</p> : undefined}>
      {(width) => {
        const area: Area = { left: 44, right: width - 12, top: 22, bottom: height - 40 }
        const domain = domainOf(steps.flatMap(({ gain, interval }) => [gain, ...(interval ?? [])]), { zero: true, margin: 0.08 })
        const x = linear({ low: 0, high: Math.max(1, steps.length) }, [area.left + 6, area.right - 6])
        const y = linear(domain, [area.bottom, area.top])
        return (
          <>
            <Grid area={area} domain={domain} unit={unit} />
            <path className={styles.band} d={bandPath(steps, x, y)} />
            <path className={styles.line} d={pathOf([[x(0), y(0)], ...steps.map(({ gain }, index) => [x(index + 1), y(gain)] as const)])} />
            {[0, ...steps.map(({ gain }) => gain)].map((gain, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place.
              <circle key={index} className={styles.point} cx={round(x(index))} cy={round(y(gain))} r={index === knee ? 5.5 : 4} />
            ))}
            <Knee step={knee === null || knee === 0 ? undefined : steps[knee - 1]} at={round(x(knee ?? 0))} area={area} />
            {places(steps.length, area).map((place) => <text key={place} className={styles.middle} x={round(x(place))} y={area.bottom + 18}>{place}</text>)}
            <text className={styles.middle} x={(area.left + area.right) / 2} y={area.bottom + 34}>{name}</text>
          </>
        )
      }}
    </PlotFrame>
  )
}

function Grid({ area, domain, unit }: { readonly area: Area; readonly domain: { readonly low: number; readonly high: number }; readonly unit: string }) {
  const ticks = ticksOf({ low: domain.low * 1000, high: domain.high * 1000 })
  return <ValueAxis area={area} domain={domain} ticks={ticks.map((tick) => tick / 1000)} write={(value) => `${value > 0 ? '+' : ''}${tickText(ticks, value * 1000)}`} name={unit} />
}

function Knee({ step, at, area }: { readonly step: GainStep | undefined; readonly at: number; readonly area: Area }) {
  if (step === undefined) return null
  const right = at > (area.left + area.right) / 2
  return (
    <>
      <path className={styles.mark} d={`M${at} ${area.top}V${area.bottom + 4}`} />
      <text className={right ? `${styles.name} ${styles.end}` : styles.name} x={right ? at - 6 : at + 6} y={area.bottom - 6}>{`knee: ${step.name}, ${thousandths(step.gain, step.interval)}`}</text>
    </>
  )
}

function bandPath(steps: readonly GainStep[], x: (value: number) => number, y: (value: number) => number): string {
  const known = steps.flatMap(({ interval }, index) => (interval === null ? [] : [{ at: x(index + 1), low: y(interval[0]), high: y(interval[1]) }]))
  const start = [x(0), y(0)] as const
  return known.length === 0 ? '' : `${pathOf([start, ...known.map(({ at, high }) => [at, high] as const), ...known.toReversed().map(({ at, low }) => [at, low] as const)])}z`
}

/** As many numbers along the bottom as there is room for. */
function places(steps: number, { left, right }: Area): number[] {
  const each = Math.max(1, Math.ceil(steps / Math.max(1, Math.floor((right - left) / 28))))
  return Array.from({ length: Math.floor(steps / each) + 1 }, (_, index) => index * each)
}
