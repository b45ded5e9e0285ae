import { queryOptions } from '@tanstack/react-query'
import type { MonitorAnswer } from '#sdk/client'
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

/** When kept rows are checked; asked for only where the monitor says that they are. */
export function scheduleQuery({ monitor_id: monitorId, scheduled }: Pick<MonitorAnswer, 'monitor_id' | 'scheduled'>) {
  return queryOptions({ queryKey: [...monitorKey(monitorId), 'schedule', scheduled], queryFn: async ({ signal }) => (scheduled ? client.monitors.schedule(monitorId, { signal }) : null) })
}

export function rulesQuery(monitorId: string) {
  return queryOptions({ queryKey: [...monitorKey(monitorId), 'rules'], queryFn: ({ signal }) => client.monitors.alertRules(monitorId, { signal }) })
}

/** A challenger that is being trained is asked for again until it is there. */
export function proposalsQuery(monitorId: string) {
  return queryOptions({
    queryKey: [...monitorKey(monitorId), 'proposals'],
    queryFn: ({ signal }) => client.monitors.proposals(monitorId, { signal }),
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === 'training') === true ? 2_000 : false),
  })
}

export function performanceQuery(monitorId: string, deploymentId: string) {
  return queryOptions({ queryKey: [...monitorKey(monitorId), 'performance', deploymentId], queryFn: ({ signal }) => client.monitors.performance(monitorId, deploymentId, { signal }) })
}

export function captureQuery(deploymentId: string) {
  return queryOptions({ queryKey: ['capture', deploymentId], queryFn: ({ signal }) => client.captures.get(deploymentId, { signal }) })
}

/** The deployments that answer with a version. */
export function deploymentsOfVersion(teamId: string, versionId: string) {
  return queryOptions({ queryKey: ['deployments', teamId], queryFn: ({ signal }) => client.deployments.list(teamId, { signal }), select: (all) => all.filter(({ version_id }) => version_id === versionId) })
}

export function datasetsQuery(teamId: string) {
  return queryOptions({ queryKey: ['datasets', teamId], queryFn: ({ signal }) => client.datasets.list(teamId, { signal }) })
}
