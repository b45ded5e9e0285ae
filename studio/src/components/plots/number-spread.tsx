import { counted, plain } from '#studio/lib/numbers.ts'
import { Histogram } from './histogram.tsx'
import styles from './plots.module.css'

/** How the numbers of a column lie: the ends, rows in equal ranges between them, and the seven quantiles from least to most. */
export interface NumberFacts {
  readonly min: number
  readonly max: number
  readonly histogram: readonly number[]
  readonly quantiles: readonly number[]
}

const quantileNames = ['min', '5 %', '25 %', 'median', '75 %', '95 %', 'max']

/** A column of numbers: its histogram with the median marked, and its quantiles. */
export function NumberSpread({ name, numbers: { min, max, histogram, quantiles } }: { readonly name: string; readonly numbers: NumberFacts }) {
  const wide = (max - min) / Math.max(1, histogram.length)
  const bins = histogram.map((rows, i) => ({ from: min + i * wide, to: min + (i + 1) * wide, rows }))
  const median = quantiles[3]
  return (
    <>
      {max > min && bins.length > 0 ? <Histogram label={`Rows by ${name}`} bins={bins} name={name} marks={median === undefined ? [] : [{ name: 'median', value: median }]} /> : null}
      {quantiles.length === quantileNames.length ? (
        <dl className={styles.quantiles}>
          {quantileNames.map((title, i) => <div key={title}><dt>{title}</dt><dd>{plain(quantiles[i] ?? 0)}</dd></div>)}
        </dl>
      ) : null}
      {max > min ? null : <p className="sub">{counted(1, 'value')} in all rows.</p>}
    </>
  )
}
