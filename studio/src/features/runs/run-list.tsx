import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useDeferredValue, useState } from 'react'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Picked } from './picked.tsx'
import { RunFilters } from './run-filters.tsx'
import { RunRows } from './run-rows.tsx'
import { runsQuery, type RunFilter } from './runs-query.ts'
import styles from './run-list.module.css'

const everything: RunFilter = { status: undefined, search: '', phase: undefined, owner: '' }

/** The runs of the team, newest first, narrowed by the server and read page by page as somebody scrolls. */
export function RunList({ heading: Heading = 'h2' }: { readonly heading?: 'h1' | 'h2' }) {
  const [filter, setFilter] = useState<RunFilter>(everything)
  const asked = useDeferredValue(filter)
  const runs = useInfiniteQuery(runsQuery(asked))
  const found = runs.data?.pages.flatMap((page) => page.runs) ?? []
  const [picked, setPicked] = useState<readonly string[]>([])
  // Two at a time: a third one takes the place of the first.
  const pick = useCallback((runId: string) => setPicked((before) => (before.includes(runId) ? before.filter((one) => one !== runId) : [...before.slice(-1), runId])), [])
  const narrowed = filter !== everything && Object.values(filter).some((value) => value !== undefined && value !== '')
  return (
    <section aria-label="Runs">
      <header className={styles.head}>
        <Heading>Runs</Heading>
        <RunFilters filter={filter} onChange={setFilter} />
      </header>
      <Panel flush>
        {runs.isError && runs.data === undefined ? <ErrorState error={runs.error} onRetry={() => void runs.refetch()} /> : runs.data === undefined ? <Skeleton rows={10} height={46} /> : found.length === 0 ? (
          narrowed ? <EmptyState glyph="find" title="No run fits">Take a filter away to see more.</EmptyState> : <EmptyState glyph="way" title="There is no run yet">A run begins with a table.</EmptyState>
        ) : (
          <RunRows runs={found} picked={picked} onPick={pick} more={runs.hasNextPage} onMore={() => (runs.isFetchingNextPage ? undefined : void runs.fetchNextPage())} />
        )}
      </Panel>
      {picked.length === 0 ? null : <Picked picked={picked} runs={found} onClear={() => setPicked([])} />}
    </section>
  )
}
