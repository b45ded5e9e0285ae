import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import type { RunListEntry } from '#sdk/client'
import { client } from '#studio/lib/client.ts'

export type RunStatus = RunListEntry['status']

/** What a list of runs is narrowed to; the server narrows it, so that it is true of all pages. */
export interface RunFilter {
  readonly status: RunStatus | undefined
  readonly search: string
  readonly phase: NonNullable<RunListEntry['current_phase']> | undefined
  readonly owner: string
}

const pageSize = 100

export function runsQuery({ status, search, phase, owner }: RunFilter) {
  const filter = { ...(status === undefined ? {} : { status }), ...(phase === undefined ? {} : { phase }), ...(search === '' ? {} : { search }), ...(owner === '' ? {} : { owner }) }
  return infiniteQueryOptions({
    queryKey: ['runs', filter],
    queryFn: ({ pageParam, signal }) => client.agentic.listRuns({ ...filter, limit: pageSize, ...(pageParam === '' ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    // Long lists are read again when somebody comes back to them, not page by page every few seconds.
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 5_000),
  })
}
