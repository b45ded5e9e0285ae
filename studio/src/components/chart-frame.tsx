import type { ECElementEvent, EChartsOption } from 'echarts'
import { lazy, Suspense, useState } from 'react'
import type { ChartTokens } from './chart-tokens.ts'
import { StatTable, type StatColumn } from './stat-table.tsx'
import styles from './chart-frame.module.css'

export type ChartOption = EChartsOption

interface TableTwin<Row> {
  readonly columns: readonly StatColumn<Row>[]
  readonly rows: readonly Row[]
}

export interface ChartFrameProps {
  /** What the chart shows, as a sentence for those who do not see it. */
  readonly label: string
  /** Made once a change (`useCallback`), with the colours of the theme. */
  readonly option: (tokens: ChartTokens) => ChartOption
  readonly height?: number
  readonly onClick?: (event: ECElementEvent) => void
}

const Drawing = lazy(() => import('./chart-drawing.tsx').then(({ ChartDrawing }) => ({ default: ChartDrawing })))

/** A chart with the same numbers as a table behind a button. The chart library is loaded with the first one. */
export function ChartFrame<Row>({ table, ...chart }: ChartFrameProps & { readonly table: TableTwin<Row> }) {
  const [asTable, setAsTable] = useState(false)
  return (
    <figure className={styles.frame}>
      {asTable ? (
        <StatTable caption={chart.label} columns={table.columns} rows={table.rows} keyOf={(_, index) => `row-${index}`} />
      ) : (
        <Suspense fallback={<div style={{ height: chart.height ?? 240 }} />}>
          <Drawing {...chart} />
        </Suspense>
      )}
      <button type="button" className={styles.twin} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
        {asTable ? 'Show as chart' : 'Show as table'}
      </button>
    </figure>
  )
}
