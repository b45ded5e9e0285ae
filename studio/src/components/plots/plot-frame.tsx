import { type ReactNode, useState } from 'react'
import styles from './plots.module.css'
import { type TableTwin, TwinTable } from './table-twin.tsx'
import { usePlotWidth } from './use-plot-width.ts'

interface PlotFrameProps {
  /** What a reader of the page hears: the kind of plot and its finding. */
  readonly label: string
  readonly height: number
  /** The same numbers as a table. */
  readonly table: TableTwin
  readonly legend?: ReactNode
  /** Below the plot: sliders, notes. */
  readonly under?: ReactNode
  readonly children: (width: number) => ReactNode
}

/** A plot: drawn at the width it has, read out by its label, and shown as a table on demand. */
export function PlotFrame({ label, height, table, legend, under, children }: PlotFrameProps) {
  const [box, width] = usePlotWidth()
  return (
    <figure className={styles.frame}>
      {legend === undefined ? null : <div className={styles.legend}>{legend}</div>}
      <div ref={box}>
        <svg className={styles.plot} width="100%" height={height} role="img" aria-label={label}>
          {width > 0 ? children(width) : null}
        </svg>
      </div>
      {under}
      <TableOnDemand label={label} table={table} />
    </figure>
  )
}

/** Built only when it is opened: a page may hold a hundred plots. */
export function TableOnDemand({ label, table }: { readonly label: string; readonly table: TableTwin }) {
  const [open, setOpen] = useState(false)
  return (
    <details className={styles.twin} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary aria-label={`As a table: ${label}`}>Table</summary>
      {open ? <TwinTable caption={label} table={table} /> : null}
    </details>
  )
}
