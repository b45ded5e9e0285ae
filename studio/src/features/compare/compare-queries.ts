import { queryOptions } from '@tanstack/react-query'
import { client } from '#studio/lib/client.ts'
import { runKey } from '#studio/lib/run-queries.ts'

/** The models of two runs on the rows that both sealed; it never changes, since neither does a trained model. */
export function pairedQuery(first: string, second: string) {
  return queryOptions({ queryKey: [...runKey(first), 'paired', second], queryFn: ({ signal }) => client.agentic.compareRuns(first, second, { signal }), staleTime: Number.POSITIVE_INFINITY })
}

/** The shapes of a version as they are drawn, and the classes that its outputs are of. */
export function modelQuery(versionId: string) {
  return queryOptions({ queryKey: ['shapes', versionId], queryFn: ({ signal }) => client.models.shapes(versionId, { signal }), staleTime: Number.POSITIVE_INFINITY })
}
