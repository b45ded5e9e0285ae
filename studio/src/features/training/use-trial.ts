import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { ModelTrialAnswer, TryModelBody } from '#sdk/client'
import { client } from '#studio/lib/client.ts'

const pollMilliseconds = 700

/** A trial of an answer. The same answer is the same trial on the server, so asking again only asks how far it is. */
export function trialQuery(runId: string, body: TryModelBody) {
  return queryOptions({
    queryKey: ['trial', runId, JSON.stringify(body)],
    queryFn: ({ signal }) => client.training.tryModel(runId, body, { signal }),
    refetchInterval: (query) => (isUnderWay(query.state.data) ? pollMilliseconds : false),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

export function isUnderWay(trial: ModelTrialAnswer | undefined): boolean {
  return trial?.status === 'waiting' || trial?.status === 'running'
}

export interface Trial {
  readonly trial: ModelTrialAnswer | undefined
  readonly error: Error | null
  readonly cancel: () => void
  readonly again: () => void
}

/** Follows a trial while there is a body; null asks for nothing. */
export function useTrial(runId: string, body: TryModelBody | null): Trial {
  const queries = useQueryClient()
  const options = trialQuery(runId, body ?? {})
  const query = useQuery({ ...options, enabled: body !== null })
  const trialId = query.data?.trial_id
  const key = JSON.stringify(options.queryKey)
  const cancel = useCallback(() => {
    if (trialId === undefined) return
    void client.training.cancelTrial(runId, trialId).then((trial) => queries.setQueryData(JSON.parse(key) as readonly unknown[], trial))
  }, [queries, runId, trialId, key])
  return { trial: body === null ? undefined : query.data, error: body === null ? null : query.error, cancel, again: () => void query.refetch() }
}
