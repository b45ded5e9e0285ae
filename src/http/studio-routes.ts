import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { HttpApp } from './http-app.ts'
import type { StudioPage } from './studio-page.ts'

/** A name of an asset holds the hash of its content, so that it never changes. */
const forever = 'public, max-age=31536000, immutable'

/** The studio at `/`, and the files that it is built of. */
export function studioRoutes(app: HttpApp, page: StudioPage, folder: string | undefined): void {
  app.get('/', { schema: { hide: true } }, async (_request, reply) => page.send(reply))
  const assets = folder === undefined ? '' : join(folder, 'assets')
  if (assets === '' || !existsSync(assets)) return
  app.register(fastifyStatic, {
    root: assets,
    prefix: '/assets/',
    wildcard: false,
    decorateReply: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply) => void reply.header('cache-control', forever),
  })
}
