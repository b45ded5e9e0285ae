import { count, share } from '#studio/lib/numbers.ts'
import styles from './plots.module.css'

/** A level with its rows; `reference` is its share elsewhere, drawn as a tick. */
export interface LevelBar {
  readonly level: string
  readonly rows: number
  readonly reference?: number
}

interface LevelBarsProps {
  readonly label: string
  readonly levels: readonly LevelBar[]
  /** All rows, also those of levels that are not shown; what is left is told as the others. */
  readonly rows: number
  readonly others?: { readonly levels: number; readonly rows: number }
  /** True where a name is the words of the page and not a value of the table. */
  readonly words?: boolean
}

/** Rows by level. Every number stands beside its bar, so the plot is its own table. */
export function LevelBars({ label, levels, rows, others, words = false }: LevelBarsProps) {
  const most = Math.max(1, ...levels.map((one) => one.rows), ...levels.map(({ reference = 0 }) => reference * rows))
  return (
    <ul className={styles.levels} aria-label={label}>
      {levels.map(({ level, rows: own, reference }) => (
        <li key={level}>
          {words ? <span className="cut">{level}</span> : <code className="cut" title={level}>{level === '' ? '(empty)' : level.trim() === '' ? `(${level.length === 1 ? 'one blank' : `${level.length} blanks`})` : level}</code>}
          <svg aria-hidden="true">
            <rect className={styles.blueWash} width={`${(100 * own) / most}%`} height="12" rx="1" />
            {reference === undefined ? null : <rect className={styles.total} x={`${(100 * reference * rows) / most}%`} y="-2" width="2" height="16" />}
          </svg>
          <span className="num" title={reference === undefined ? undefined : `reference ${share(reference)}`}>{count(own)} <span className="sub">{rows === 0 ? '' : share(own / rows)}</span></span>
        </li>
      ))}
      {others === undefined || others.levels === 0 ? null : (
        <li className={styles.rest}>
          <span className="cut">{count(others.levels)} more</span>
          <svg aria-hidden="true">{others.rows > most ? <path className={styles.further} d="M0 6h18m-6-5 6 5-6 5" /> : <rect className={styles.density} width={`${(100 * others.rows) / most}%`} height="12" rx="1" />}</svg>
          <span className="num">{count(others.rows)} <span className="sub">{rows === 0 ? '' : share(others.rows / rows)}</span></span>
        </li>
      )}
    </ul>
  )
}
