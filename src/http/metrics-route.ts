import { orThrow } from '#core/errors'
import { metricsTextSchema, type ServerFigures } from '#wire/health'
import { secretOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { metricText, metricsType, type MetricFamily } from './metric-text.ts'
import { processMetrics } from './process-metrics.ts'

/** Figures for Prometheus. They hold ids of deployments and counts, and no secret, name or row. */
export function metricsRoute({ app, signalbox, metrics, version, metricsAccess }: RouteContext): void {
  if (metricsAccess === 'off') return
  const ofProcess = processMetrics(app, version)
  app.get(
    '/metrics',
    {
      schema: describeRoute({
        operationId: 'getMetrics',
        summary: 'Figures for Prometheus, in its text format',
        request: {},
        answer: metricsTextSchema,
        fileType: 'text/plain',
        keyless: metricsAccess === 'open',
        refusals: ['DATABASE_UNAVAILABLE'],
      }),
    },
    async (request, reply) => {
      if (metricsAccess === 'key') orThrow(await signalbox.access.authenticate(secretOf(request)))
      // What the process itself knows is told also while the database is away.
      const figures = await signalbox.figures()
      const ofServer = figures.ok ? serverFamilies(figures.value) : []
      reply.header('content-type', metricsType)
      return metricText([up(figures.ok), ...ofServer, ...metrics.families(), ...ofProcess()])
    },
  )
}

function up(database: boolean): MetricFamily {
  return { name: 'signalbox_database_up', help: 'Whether the database answered; without it the figures of the whole server are left out.', type: 'gauge', samples: [{ labels: {}, value: database ? 1 : 0 }] }
}

function serverFamilies({ runs, runs_owed, runs_held, jobs, deployments }: ServerFigures): MetricFamily[] {
  return [
    byLabel('signalbox_runs', 'Runs by status.', { label: 'status', counts: runs }),
    byLabel('signalbox_queue_depth', 'Runs that have a next step: waiting for a worker, or held by one.', { label: 'state', counts: { waiting: Math.max(0, runs_owed - runs_held), held: runs_held } }),
    byLabel('signalbox_jobs_open', 'Jobs that have not ended.', { label: 'kind', counts: jobs }),
    byLabel('signalbox_deployments', 'Deployments by state.', { label: 'state', counts: deployments }),
  ]
}

function byLabel(name: string, help: string, { label, counts }: { label: string; counts: Readonly<Record<string, number>> }): MetricFamily {
  return { name, help, type: 'gauge', samples: Object.entries(counts).map(([value, count]) => ({ labels: { [label]: value }, value: count })) }
}
