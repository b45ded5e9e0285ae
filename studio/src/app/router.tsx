import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { NotFoundPage } from '#studio/features/not-found/not-found-page.tsx'
import { phases, type Phase } from '#studio/lib/phases.ts'
import { FaultPage } from './fault-page.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage, errorComponent: FaultPage })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./home-page.tsx'), 'HomePage'),
})

const newRun = createRoute({
  getParentRoute: () => root,
  path: '/new',
  component: lazyRouteComponent(() => import('#studio/features/new-run/new-run-page.tsx'), 'NewRunPage'),
})

const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  component: lazyRouteComponent(() => import('#studio/features/runs/runs-page.tsx'), 'RunsPage'),
})

const stopSchema = z.enum(phases as readonly [Phase, ...Phase[]]).optional().catch(undefined)

export const runRoute = createRoute({
  getParentRoute: () => root,
  path: '/runs/$runId',
  validateSearch: (search: Record<string, unknown>): { stop?: Phase } => {
    const stop = stopSchema.parse(search.stop)
    return stop === undefined ? {} : { stop }
  },
  component: lazyRouteComponent(() => import('./run-route.tsx'), 'RunRoute'),
})

const lineageSchema = z.object({ column: z.coerce.string().optional().catch(undefined), row: z.coerce.number().int().min(0).optional().catch(undefined) })

const lineage = createRoute({
  getParentRoute: () => root,
  path: '/runs/$runId/lineage',
  validateSearch: (search: Record<string, unknown>): { column?: string; row?: number } => {
    const { column, row } = lineageSchema.parse(search)
    return { ...(column === undefined ? {} : { column }), ...(row === undefined ? {} : { row }) }
  },
  component: lazyRouteComponent(() => import('./lineage-route.tsx'), 'LineageRoute'),
})

const compare = createRoute({
  getParentRoute: () => root,
  path: '/compare',
  validateSearch: (search: Record<string, unknown>): { runs?: string } => (typeof search.runs === 'string' ? { runs: search.runs } : {}),
  component: lazyRouteComponent(() => import('./compare-route.tsx'), 'CompareRoute'),
})

const playground = createRoute({
  getParentRoute: () => root,
  path: '/deployments/$deploymentId',
  component: lazyRouteComponent(() => import('./playground-route.tsx'), 'PlaygroundRoute'),
})

const models = createRoute({
  getParentRoute: () => root,
  path: '/models',
  component: lazyRouteComponent(() => import('#studio/features/models/models-page.tsx'), 'ModelsPage'),
})

const model = createRoute({
  getParentRoute: () => root,
  path: '/models/$modelId',
  component: lazyRouteComponent(() => import('./model-route.tsx'), 'ModelRoute'),
})

const monitors = createRoute({
  getParentRoute: () => root,
  path: '/monitors',
  component: lazyRouteComponent(() => import('#studio/features/monitors/monitors-page.tsx'), 'MonitorsPage'),
})

const monitor = createRoute({
  getParentRoute: () => root,
  path: '/monitors/$monitorId',
  component: lazyRouteComponent(() => import('./monitor-route.tsx'), 'MonitorRoute'),
})

/** Every page of the studio. */
export const router = createRouter({
  routeTree: root.addChildren([home, runs, newRun, runRoute, lineage, compare, playground, models, model, monitors, monitor]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: FaultPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
