import { infiniteQueryOptions } from '@tanstack/react-query'
import { client } from '#studio/lib/client.ts'

const pageSize = 50

/** The open decisions of the team, the longest waiting first. */
export const inboxQuery = infiniteQueryOptions({
  queryKey: ['inbox'],
  queryFn: ({ pageParam, signal }) => client.agentic.listDecisions({ limit: pageSize, ...(pageParam === '' ? {} : { cursor: pageParam }) }, { signal }),
  initialPageParam: '',
  getNextPageParam: (page) => page.next_cursor,
  refetchInterval: 5_000,
})
