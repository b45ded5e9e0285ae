import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The one page of the studio, under every address that a person may open. */
export interface StudioPage {
  /** Whether a request that no route matches asks for a page rather than for the API. */
  isMeant(request: FastifyRequest): boolean
  send(reply: FastifyReply): FastifyReply
}

/** Stands in the built page wherever the nonce of an answer is to go. */
const placeholder = 'SIGNALBOX_NONCE'

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Signalbox</title>
<p>The API is served here. The studio is not built: run <code>npm run build:studio</code> in the folder of Signalbox, then start the server again.</p></html>
`

export function studioPage(folder: string | undefined): StudioPage {
  const file = folder === undefined ? '' : join(folder, 'index.html')
  const text = file !== '' && existsSync(file) ? readFileSync(file, 'utf8') : null
  return {
    isMeant: ({ method, url, headers }) => text !== null && (method === 'GET' || method === 'HEAD') && isPage(url) && (headers.accept ?? '').includes('text/html'),
    send(reply) {
      const nonce = randomBytes(16).toString('base64')
      reply.header('content-security-policy', contentPolicy(nonce)).header('cache-control', 'no-cache').type('text/html; charset=utf-8')
      return text === null ? reply.code(503).send(notBuilt) : reply.send(text.replaceAll(placeholder, nonce))
    },
  }
}

/** Names with an ending are files; what lies under /v1 is the API. */
function isPage(url: string): boolean {
  const path = url.split('?')[0] ?? ''
  return !path.startsWith('/v1/') && !path.startsWith('/assets/') && !/\.\w+$/.test(path)
}

/** What a page may do: run the scripts that it was built with, use the style sheets that carry the nonce, and talk to this server alone. */
function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
