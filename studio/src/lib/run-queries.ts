import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** Everything that is read of one run; an event of it makes all of this old at once. */
export const runKey = (runId: string) => ['run', runId] as const

export function runQuery(runId: string) {
  return queryOptions({ queryKey: [...runKey(runId), 'state'], queryFn: ({ signal }) => client.agentic.getRunState(runId, { signal }) })
}

export function phasesQuery(runId: string) {
  return queryOptions({ queryKey: [...runKey(runId), 'phases'], queryFn: ({ signal }) => client.agentic.getPhases(runId, { signal }) })
}

/** The decision that waits, or null. */
export function cardQuery(runId: string) {
  return queryOptions({ queryKey: [...runKey(runId), 'card'], queryFn: ({ signal }) => client.agentic.getPendingDecision(runId, { signal }) })
}

/** What was decided so far, in a line each. */
export function decisionsQuery(runId: string) {
  return queryOptions({ queryKey: [...runKey(runId), 'decisions'], queryFn: ({ signal }) => client.agentic.listDecisionsOf(runId, { signal }) })
}

/** One decision with its card and what came of it; it never changes once its phase is through. */
export function decisionQuery(runId: string, decisionId: string) {
  return queryOptions({ queryKey: [...runKey(runId), 'decision', decisionId], queryFn: ({ signal }) => client.agentic.getDecision(runId, decisionId, { signal }) })
}

export function datasetQuery(datasetId: string) {
  return queryOptions({ queryKey: ['dataset', datasetId], queryFn: ({ signal }) => client.datasets.get(datasetId, { signal }), staleTime: Number.POSITIVE_INFINITY })
}
