import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client } from '#studio/lib/client.ts'

/** Everything that is read of one deployment; a change of it makes all of this old at once. */
export const deploymentKey = (deploymentId: string) => ['deployment', deploymentId] as const

export function formQuery(deploymentId: string) {
  return queryOptions({ queryKey: [...deploymentKey(deploymentId), 'form'], queryFn: ({ signal }) => client.deployments.form(deploymentId, { signal }), staleTime: 60_000 })
}

export function keysQuery(deploymentId: string) {
  return queryOptions({ queryKey: [...deploymentKey(deploymentId), 'keys'], queryFn: ({ signal }) => client.deployments.deployKeys(deploymentId, { signal }) })
}

export type RawRow = Readonly<Record<string, unknown>>

/** The prediction of a row. The one before it stays in sight until it is there. */
export function trialQuery(deploymentId: string, row: RawRow | null) {
  return queryOptions({
    queryKey: ['trial', deploymentId, row],
    queryFn: async ({ signal }) => (await client.deployments.try(deploymentId, { rows: row === null ? [] : [row] }, { signal }))[0] ?? null,
    enabled: row !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
  })
}
