import type { ReactNode } from 'react'
import styles from './stat-table.module.css'

export interface StatColumn<Row> {
  readonly key: string
  readonly head: ReactNode
  readonly cell: (row: Row) => ReactNode
  /** Numbers stand at the right, their figures under each other. */
  readonly numeric?: boolean
}

interface StatTableProps<Row> {
  readonly caption: string
  readonly columns: readonly StatColumn<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row, index: number) => string
  /** Shown above the table; otherwise the caption is only read out. */
  readonly showCaption?: boolean
}

/** A small table of facts; it scrolls sideways by itself where it is too wide. */
export function StatTable<Row>({ caption, columns, rows, keyOf, showCaption = false }: StatTableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key.
    <section className={styles.scroll} aria-label={caption} tabIndex={0}>
      <table className={`${styles.table} ${columns.length > 4 ? styles.stacked : ''}`}>
        <caption className={showCaption ? 'sub' : 'hide'}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, head, numeric }) => (
              <th key={key} scope="col" className={numeric === true ? 'num' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)}>
              {columns.map(({ key, head, cell, numeric }) => (
                <td key={key} data-head={typeof head === 'string' ? head : undefined} className={numeric === true ? 'num' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
