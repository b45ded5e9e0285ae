import { queryOptions } from '@tanstack/react-query'
import { client } from '#studio/lib/client.ts'

export function modelsQuery(teamId: string) {
  return queryOptions({ queryKey: ['models', 'team', teamId], queryFn: ({ signal }) => client.models.list(teamId, { signal }) })
}

/** Everything that is read of one model; a decision on a version makes all of this old at once. */
export const modelKey = (modelId: string) => ['models', modelId] as const

export function modelQuery(modelId: string) {
  return queryOptions({ queryKey: [...modelKey(modelId), 'state'], queryFn: ({ signal }) => client.models.get(modelId, { signal }) })
}

export function versionsQuery(modelId: string) {
  return queryOptions({ queryKey: [...modelKey(modelId), 'versions'], queryFn: ({ signal }) => client.models.versions(modelId, { signal }) })
}

export function historyQuery(modelId: string) {
  return queryOptions({ queryKey: [...modelKey(modelId), 'history'], queryFn: ({ signal }) => client.models.history(modelId, { signal }) })
}

/** Which version answered at a moment; now where none is named. */
export function liveQuery(modelId: string, at: string | null) {
  return queryOptions({ queryKey: [...modelKey(modelId), 'live', at], queryFn: ({ signal }) => client.models.live(modelId, { signal, ...(at === null ? {} : { at }) }) })
}
