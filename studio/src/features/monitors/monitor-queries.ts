import { queryOptions } from '@tanstack/react-query'
import { client } from '#studio/lib/client.ts'

export function monitorsQuery(teamId: string) {
  return queryOptions({ queryKey: ['monitors', 'team', teamId], queryFn: ({ signal }) => client.monitors.listOfTeam(teamId, { signal }), refetchInterval: 30_000 })
}

/** Everything that is read of one monitor; a check makes all of this old at once. */
export const monitorKey = (monitorId: string) => ['monitors', monitorId] as const

export function monitorQuery(monitorId: string) {
  return queryOptions({ queryKey: [...monitorKey(monitorId), 'state'], queryFn: ({ signal }) => client.monitors.get(monitorId, { signal }) })
}

export function checksQuery(monitorId: string) {
  return queryOptions({ queryKey: [...monitorKey(monitorId), 'checks'], queryFn: ({ signal }) => client.monitors.checks(monitorId, { limit: 50 }, { signal }) })
}

/** What one check found; it never changes. */
export function checkQuery(monitorId: string, checkId: string) {
  return queryOptions({ queryKey: ['monitor-check', monitorId, checkId], queryFn: ({ signal }) => client.monitors.readCheck(monitorId, checkId, { signal }), staleTime: Number.POSITIVE_INFINITY })
}

export function alertsQuery(monitorId: string) {
  return queryOptions({ queryKey: [...monitorKey(monitorId), 'alerts'], queryFn: ({ signal }) => client.monitors.alerts(monitorId, { limit: 100 }, { signal }) })
}
