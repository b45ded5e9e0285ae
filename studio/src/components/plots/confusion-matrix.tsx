import { count, share } from '#studio/lib/numbers.ts'
import styles from './plots.module.css'

interface ConfusionMatrixProps {
  readonly classes: readonly string[]
  /** Rows by true class, then by called class. */
  readonly counts: readonly (readonly number[])[]
}

/** What was called what: each row adds up to all rows of its class. It is a table already. */
export function ConfusionMatrix({ classes, counts }: ConfusionMatrixProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key.
    <section className={styles.scroll} tabIndex={0} aria-label="Confusion matrix">
      <table className={styles.matrix}>
        <caption className="sub">Rows: what it is. Columns: what it was called. Shares of each row.</caption>
        <thead><tr><th scope="col"><span className="hide">Class</span></th>{classes.map((name) => <th key={name} scope="col" className="mono">{name}</th>)}<th scope="col">rows</th></tr></thead>
        <tbody>
          {counts.map((row, own) => {
            const total = row.reduce((sum, one) => sum + one, 0)
            return (
              <tr key={classes[own]}>
                <th scope="row" className="mono">{classes[own]}</th>
                {row.map((rows, called) => <td key={classes[called]} title={`${count(rows)} rows`} style={shade(total === 0 ? 0 : rows / total, own === called)}>{total === 0 || rows === 0 ? '0' : share(rows / total)}</td>)}
                <td className="sub">{count(total)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function shade(part: number, right: boolean) {
  return { background: `color-mix(in oklab, var(${right ? '--d-blue' : '--d-orange'}) ${Math.round(part * 45)}%, var(--surface))` }
}
