import { digits, interval, share } from '#studio/lib/numbers.ts'
import styles from './plots.module.css'

/** A term with the mean size of what it adds. */
export interface Importance {
  readonly name: string
  readonly value: number
  readonly interval: readonly [number, number] | null
  readonly share: number
}

interface ImportanceBarsProps {
  readonly label: string
  readonly terms: readonly Importance[]
  readonly most?: number
}

/** Terms by the mean size of their contribution, with their interval. Numbers stand beside, so it is its own table. */
export function ImportanceBars({ label, terms, most = 15 }: ImportanceBarsProps) {
  const shown = terms.slice(0, most)
  const top = Math.max(1e-12, ...shown.map(({ value, interval: bounds }) => bounds?.[1] ?? value))
  const at = (value: number) => `${((100 * value) / top).toFixed(2)}%`
  return (
    <ul className={styles.levels} aria-label={label}>
      {shown.map(({ name, value, interval: bounds, share: part }) => (
        <li key={name}>
          <code className="cut" title={name}>{name}</code>
          <svg aria-hidden="true">
            <rect className={styles.blueWash} width={at(value)} height="12" rx="1" />
            {bounds === null ? null : <line className={styles.whiskerInk} x1={at(bounds[0])} x2={at(bounds[1])} y1="6" y2="6" />}
          </svg>
          <span className="num" title={bounds === null ? undefined : interval(bounds, digits)}>{digits(value)} <span className="sub">{share(part)}</span></span>
        </li>
      ))}
    </ul>
  )
}
