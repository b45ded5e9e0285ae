import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { ColumnLineageAnswer, PreprocessingDagAnswer, RunStateAnswer } from '#sdk/client'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { counted } from '#studio/lib/numbers.ts'
import { runQuery } from '#studio/lib/run-queries.ts'
import { useTitle } from '#studio/lib/use-title.ts'
import { ExportLineage } from './export-lineage.tsx'
import { dagQuery, lineageQuery } from './lineage-queries.ts'
import { PathPanel } from './path-panel.tsx'
import { pathsOf } from './paths.ts'
import { useLineageView } from './use-lineage-view.ts'
import { WaysPanel } from './ways-panel.tsx'
import styles from './lineage.module.css'

export interface LineagePageProps {
  readonly runId: string
  /** The column whose way is looked at, by its name in the table. */
  readonly column: string | undefined
  /** Followed to its prediction; counted from 0. */
  readonly row: number | undefined
}

/** What became of each column of the table, and with a row, what each adds to its prediction. */
export function LineagePage({ runId, column, row }: LineagePageProps) {
  const run = useQuery(runQuery(runId))
  const lineage = useQuery(lineageQuery(runId, row))
  const dag = useQuery(dagQuery(runId))
  useTitle(run.data === undefined ? 'Lineage' : `Lineage of ${run.data.name}`)
  const failed = [run, dag].find(({ isError, data }) => isError && data === undefined) ?? (lineage.isError ? lineage : undefined)
  if (run.data === undefined || failed !== undefined) {
    return <Panel>{failed === undefined ? <Skeleton rows={8} /> : <ErrorState error={failed.error} onRetry={() => void failed.refetch()}><Link className="go-to" to="/runs/$runId/lineage" params={{ runId }} search={{}}>All rows</Link></ErrorState>}</Panel>
  }
  if (lineage.data === undefined || dag.data === undefined) return <Panel flush><Skeleton rows={8} /></Panel>
  return <Loaded run={run.data} lineage={lineage.data} dag={dag.data} column={column} row={row} />
}

interface LoadedProps extends Omit<LineagePageProps, 'runId'> {
  readonly run: RunStateAnswer
  readonly lineage: ColumnLineageAnswer
  readonly dag: PreprocessingDagAnswer
}

function Loaded({ run, lineage, dag, column, row }: LoadedProps) {
  const paths = useMemo(() => pathsOf(lineage, dag), [lineage, dag])
  const view = useLineageView(run.run_id, { column, row, paths })
  const shown = paths.filter(({ raw }) => raw.name === view.selected)
  return (
    <>
      <header className={styles.head}>
        <div className="grow">
          <p className="sub"><Link to="/runs/$runId" params={{ runId: run.run_id }} search={{}}>{run.name}</Link></p>
          <h1>{lineage.prediction === null ? 'Lineage' : `Lineage of row ${lineage.prediction.row}`}</h1>
          <p className="sub">{summaryOf(lineage)}</p>
        </div>
        <ExportLineage runId={run.run_id} name={run.name} />
      </header>
      <div className={`cols ${styles.cols}`}>
        <WaysPanel paths={paths} lineage={lineage} view={view} row={row} />
        {shown.length === 0 ? null : <div className={styles.path}><PathPanel runId={run.run_id} paths={shown} lineage={lineage} focused={view.chosen} /></div>}
      </div>
    </>
  )
}

function summaryOf({ columns, prediction }: ColumnLineageAnswer): string {
  const raw = columns.filter(({ type }) => type === 'raw').length
  const terms = columns.filter(({ type }) => type === 'model_term').length
  const left = new Set(columns.filter(({ left_out }) => left_out !== null).map(({ name }) => name)).size
  const about = prediction === null ? [] : ['every value below is from that row', sideWords[prediction.side]]
  return [`${counted(raw, 'column')} in`, ...(terms === 0 ? ['no model is trained yet'] : [counted(terms, 'term')]), `${left.toLocaleString('en-US')} left out`, ...about].join(' · ')
}

const sideWords = { train: 'the model was trained on it', test: 'one of the sealed test rows', unlabelled: 'it has no label' } as const
