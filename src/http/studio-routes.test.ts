import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, errorOf, startServer, type TestServer } from './http-server.testkit.ts'

const folder = mkdtempSync(join(tmpdir(), 'signalbox-studio-'))
let server: TestServer
let bare: TestServer
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><meta property="csp-nonce" nonce="SIGNALBOX_NONCE"><p>the studio</p>')
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), 'void 0')
  writeFileSync(join(folder, 'assets', 'index-abc123.js.gz'), gzipSync('void 0'))
  server = await startServer({ studioFolder: folder })
  bare = await startServer({ studioFolder: join(folder, 'nothing') })
})
afterAll(async () => {
  await server.close()
  await bare.close()
  rmSync(folder, { recursive: true })
})

const html = { accept: 'text/html,*/*;q=0.8' }

test('the page stands under every address that a person may open, each time with a nonce of its own', async () => {
  const nonces = new Set<string>()
  for (const path of ['/', '/runs', '/runs/0b9f', '/no/such/page']) {
    const { status, headers, body } = await ask(server, `GET ${path}`, { headers: html })
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, 'text/html; charset=utf-8', 'no-cache'])
    const nonce = /nonce="([^"]+)"/.exec(String(body))?.[1] ?? ''
    expect(headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`)
    nonces.add(nonce)
  }
  expect(nonces.size).toBe(4)
})

test('the policy lets nothing run that was not built, and nothing leave the host', async () => {
  const { headers } = await ask(server, 'GET /', { headers: html })
  const policy = headers.get('content-security-policy') ?? ''
  for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"]) expect(policy.split('; ')).toContain(part)
  expect(policy).not.toMatch(/script-src[^;]*(unsafe|nonce|\*)|unsafe|https?:/)
  expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual(['nosniff', 'no-referrer'])
})

test('what asks for no page, and what is the API or a file, is never answered with it', async () => {
  expect(errorOf(await ask(server, 'GET /v1/nothing', { headers: html })).code).toBe('NOT_OFFERED')
  for (const [request, headers] of [['GET /runs', { accept: 'application/json' }], ['POST /runs', html], ['GET /favicon.ico', html], ['GET /assets/nothing', html]] as const) {
    expect(errorOf(await ask(server, request, { headers })).code).toBe('ROUTE_NOT_FOUND')
  }
})

test('assets may be kept for ever, and are sent packed to whom can unpack them', async () => {
  const packed = await ask(server, 'GET /assets/index-abc123.js', { headers: { 'accept-encoding': 'gzip' } })
  expect([packed.body, packed.headers.get('content-encoding'), packed.headers.get('vary')]).toEqual(['void 0', 'gzip', 'accept-encoding'])
  expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect((await ask(server, 'GET /assets/index-abc123.js', { headers: { 'accept-encoding': 'identity' } })).body).toBe('void 0')
  expect((await ask(server, 'GET /assets/..%2findex.html')).status).toBe(404)
})

test('where the studio is not built, the page says how to build it', async () => {
  const { status, body } = await ask(bare, 'GET /', { headers: html })
  expect(status).toBe(503)
  expect(body).toContain('npm run build:studio')
  expect(errorOf(await ask(bare, 'GET /runs', { headers: html })).code).toBe('ROUTE_NOT_FOUND')
})

test('an asset that went while the server runs is not there, rather than asked for wrongly', async () => {
  rmSync(join(folder, 'assets/index-abc123.js'))
  rmSync(join(folder, 'assets/index-abc123.js.gz'), { force: true })
  expect(errorOf(await ask(server, 'GET /assets/index-abc123.js')).code).toBe('ROUTE_NOT_FOUND')
})
