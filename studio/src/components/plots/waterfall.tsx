import { plain, share, signed } from '#studio/lib/numbers.ts'
import { domainOf, type Domain, ticksOf, tickText } from '#studio/lib/scales.ts'
import styles from './plots.module.css'

export interface Contribution {
  /** The term, as the model names it. */
  readonly name: string
  /** What the row says there: "Month-to-month", "11". */
  readonly value: string
  readonly score: number
}

interface WaterfallProps {
  readonly label: string
  readonly base: number
  readonly contributions: readonly Contribution[]
  /** How the last line is called: "This row". */
  readonly total: string
  /** Binary: turns the score into the probability that stands above; absent where the score is the value itself. */
  readonly probability?: (score: number) => number
  /** What the score is measured in, below: "log-odds". */
  readonly unit: string
  readonly most?: number
  readonly onSelect?: (name: string) => void
}

/** From the average to this row: contributions by size, the rest summed, each beginning where the last one ended. */
export function Waterfall({ label, base, contributions, total, probability, unit, most = 10, onSelect }: WaterfallProps) {
  const sorted = contributions.toSorted((left, right) => Math.abs(right.score) - Math.abs(left.score))
  const [shown, rest] = [sorted.slice(0, most), sorted.slice(most)]
  const restScore = rest.reduce((sum, { score }) => sum + score, 0)
  const lines: Contribution[] = rest.length === 0 ? shown : [...shown, { name: `${rest.length} other ${rest.length === 1 ? 'term' : 'terms'}`, value: '', score: restScore }]
  const steps = runningSums(base, lines)
  const end = steps.at(-1)?.to ?? base
  const domain = domainOf([0, base, ...steps.map(({ to }) => to)], { margin: 0.08 })
  return (
    <section aria-label={label}>
      <WaterfallAxis domain={domain} name={probability === undefined ? '' : 'probability'} write={probability === undefined ? null : (tick) => share(probability(tick))} />
      <ol className={styles.fall}>
        <Line name="Average score" note={probability === undefined ? '' : share(probability(base))} score={base} from={0} to={base} look="base" domain={domain} />
        {steps.map((step, index) => (
          <Line key={step.name} name={step.name} note={step.value} score={step.score} from={step.from} to={step.to} look={index >= shown.length ? 'rest' : 'term'} domain={domain} {...(onSelect === undefined || index >= shown.length ? {} : { onSelect })} />
        ))}
        <Line name={total} note={probability === undefined ? '' : share(probability(end))} score={end} from={0} to={end} look="total" domain={domain} />
      </ol>
      <WaterfallAxis domain={domain} name={unit} write={(tick, ticks) => `${tick > 0 ? '+' : ''}${tickText(ticks, tick)}`} />
    </section>
  )
}

interface Step extends Contribution {
  readonly from: number
  readonly to: number
}

/** Where each contribution begins and ends. */
export function runningSums(base: number, contributions: readonly Contribution[]): Step[] {
  let reached = base
  return contributions.map((one) => {
    const from = reached
    reached += one.score
    return { ...one, from, to: reached }
  })
}

interface LineProps {
  readonly name: string
  readonly note: string
  readonly score: number
  readonly from: number
  readonly to: number
  readonly look: 'base' | 'term' | 'rest' | 'total'
  readonly domain: Domain
  readonly onSelect?: (name: string) => void
}

function Line({ name, note, score, from, to, look, domain, onSelect }: LineProps) {
  const at = (value: number) => (100 * (value - domain.low)) / (domain.high - domain.low)
  const [left, right] = [Math.min(at(from), at(to)), Math.max(at(from), at(to))]
  const tone = look === 'base' ? styles.grey : look === 'total' ? styles.total : score > 0 ? styles.orange : styles.blue
  const words = (
    <>
      {look === 'term' ? <code>{name}</code> : name} <span className="sub">{note}</span>
    </>
  )
  return (
    <li>
      {onSelect === undefined ? <span className="cut">{words}</span> : <button type="button" className={`${styles.pick} cut`} onClick={() => onSelect(name)}>{words}</button>}
      <svg aria-hidden="true">
        <line className={styles.zero} x1={`${at(0)}%`} x2={`${at(0)}%`} y1="0" y2="30" />
        <rect className={tone} x={`${left}%`} y="8" width={`${Math.max(0.4, right - left)}%`} height="14" rx="1" />
        {look === 'total' ? null : <line className={styles.joint} x1={`${at(to)}%`} x2={`${at(to)}%`} y1="22" y2="38" />}
      </svg>
      <span className="num">{Math.abs(score) < 1000 ? signed(score, 2) : plain(score)}</span>
    </li>
  )
}

function WaterfallAxis({ domain, name, write }: { readonly domain: Domain; readonly name: string; readonly write: ((tick: number, ticks: readonly number[]) => string) | null }) {
  if (write === null) return null
  const ticks = ticksOf(domain, 6)
  return (
    <div className={styles.fallAxis} aria-hidden="true">
      <span>{name}</span>
      <svg aria-hidden="true">
        {ticks.map((tick) => <text key={tick} x={`${(100 * (tick - domain.low)) / (domain.high - domain.low)}%`} y="11">{write(tick, ticks)}</text>)}
      </svg>
      <span />
    </div>
  )
}
