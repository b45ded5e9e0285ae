import { TextInput } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import type { ColumnLineageAnswer } from '#sdk/client'
import { Panel } from '#studio/components/panel.tsx'
import { Segments } from '#studio/components/segments.tsx'
import { PathList } from './path-list.tsx'
import { fitsSearch, type Path } from './paths.ts'
import { RowPicker } from './row-picker.tsx'
import type { LineageView } from './use-lineage-view.ts'
import styles from './lineage.module.css'

const Graph = lazy(() => import('./graph.tsx').then((file) => ({ default: file.Graph })))

interface WaysPanelProps {
  readonly paths: readonly Path[]
  readonly lineage: ColumnLineageAnswer
  readonly view: LineageView
  readonly row: number | undefined
}

const looks = [{ value: 'graph', label: 'Graph' }, { value: 'list', label: 'List' }] as const

/** All ways, as a graph or as a list, with what narrows them. */
export function WaysPanel({ paths, lineage, view, row }: WaysPanelProps) {
  const { look, setLook, search, setSearch, selected, select, setRow } = view
  const fitting = useMemo(() => paths.filter((path) => fitsSearch(path, search)), [paths, search])
  const trained = lineage.columns.some(({ type }) => type === 'model_term')
  return (
    <Panel flush label="Ways of the columns">
      <div className={styles.tools}>
        <Segments label="Show as" value={look} options={looks} onChange={setLook} />
        <TextInput className={styles.search} type="search" aria-label="Search a column" placeholder="Search a column" value={search} onChange={(event) => setSearch(event.target.value)} />
        {trained ? <RowPicker key={row ?? 'all'} row={row} onRow={setRow} /> : null}
      </div>
      {lineage.prediction === null || look === 'list' ? null : <Key />}
      {fitting.length === 0 ? <p className={`sub ${styles.none}`} role="status">No column has this in its name.</p> : look === 'list' ? (
        <PathList paths={fitting} selected={selected} onSelect={select} />
      ) : (
        <Suspense fallback={<div className={styles.room} />}>
          <Graph paths={fitting} lineage={lineage} selected={selected} onSelect={select} />
        </Suspense>
      )}
    </Panel>
  )
}

function Key() {
  return (
    <p className={`sub ${styles.key}`}>
      <span><i className={styles.raises} />raises</span>
      <span><i className={styles.lowers} />lowers</span>
      <span><i className={styles.ends} />left out</span>
    </p>
  )
}
