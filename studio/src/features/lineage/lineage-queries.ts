import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client } from '#studio/lib/client.ts'
import { runKey } from '#studio/lib/run-queries.ts'

/** The ways of all columns; with a row, its values and what they add to its prediction. */
export function lineageQuery(runId: string, row: number | undefined) {
  return queryOptions({
    queryKey: [...runKey(runId), 'lineage', row ?? null],
    queryFn: ({ signal }) => client.agentic.getColumnLineage(runId, row === undefined ? {} : { row }, { signal }),
    placeholderData: keepPreviousData,
  })
}

/** What each step did to the rows. */
export function dagQuery(runId: string) {
  return queryOptions({ queryKey: [...runKey(runId), 'dag'], queryFn: ({ signal }) => client.agentic.getPreprocessingDag(runId, { signal }) })
}
