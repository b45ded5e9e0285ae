import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, errorOf, startServer, type TestServer } from './http-server.testkit.ts'
import { id, key, sessionToken, team } from './signalbox.testkit.ts'

let server: TestServer
let behindProxy: TestServer
beforeAll(async () => {
  server = await startServer()
  behindProxy = await startServer({ publicUrl: 'https://signals.example' })
})
afterAll(async () => {
  await server.close()
  await behindProxy.close()
  expect([...server.undocumented, ...behindProxy.undocumented]).toEqual([])
})

const keyless = { api_key: '' }
const cookie = `other=1; signalbox_session=${sessionToken}`
const cancel = `POST /v1/agentic/runs/${id(5)}/cancel`

test('a key is exchanged for a cookie that no script can read and no other site can send', async () => {
  const answer = await ask(server, 'POST /v1/session', { json: { api_key: key }, headers: keyless })
  expect(answer.body).toMatchObject({ session: { username: 'owner', team_id: team } })
  const set = answer.headers.get('set-cookie')
  expect(set).toMatch(new RegExp(`^signalbox_session=${sessionToken}; Path=/; HttpOnly; SameSite=Strict; Expires=`))
  expect(set).not.toContain('Secure')
  expect((await ask(behindProxy, 'POST /v1/session', { json: { api_key: key }, headers: keyless })).headers.get('set-cookie')).toMatch(/; Secure$/)
  expect(errorOf(await ask(server, 'POST /v1/session', { json: { api_key: 'sb_wrong' }, headers: keyless })).code).toBe('UNAUTHENTICATED')
})

test('whoever carries no session, or one that has ended, is told null and not an error', async () => {
  for (const headers of [keyless, { ...keyless, cookie: 'signalbox_session=unknown-but-well-formed' }, { ...keyless, cookie: 'signalbox_session=' }]) {
    expect(await ask(server, 'GET /v1/session', { headers })).toMatchObject({ status: 200, body: { session: null } })
  }
  expect((await ask(server, 'GET /v1/session', { headers: { ...keyless, cookie } })).body).toMatchObject({ session: { username: 'owner' } })
})

test('a session reads like a key', async () => {
  expect((await ask(server, 'GET /v1/connect', { headers: { ...keyless, cookie } })).status).toBe(200)
  expect(errorOf(await ask(server, 'GET /v1/connect', { headers: { ...keyless, cookie: 'signalbox_session=unknown-but-well-formed' } })).code).toBe('UNAUTHENTICATED')
})

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }, false],
  ['a sibling of this site', { 'sec-fetch-site': 'same-site' }, false],
  ['an origin of another host', { origin: 'http://evil.example' }, false],
  ['an origin that is none', { origin: 'null' }, false],
  ['nobody who says where from', {}, false],
  ['a page of this server', { 'sec-fetch-site': 'same-origin' }, true],
] as const)('what changes something with a session from %s', async (_, from, allowed) => {
  const answer = await ask(server, cancel, { headers: { ...keyless, cookie, ...from } })
  if (allowed) expect(answer.status).not.toBe(403)
  else expect(errorOf(answer).code).toBe('FORBIDDEN')
})

test('an origin counts as this server by its host, or by the public address', async () => {
  expect((await ask(server, cancel, { headers: { ...keyless, cookie, origin: server.url } })).status).not.toBe(403)
  expect((await ask(behindProxy, cancel, { headers: { ...keyless, cookie, origin: 'https://signals.example' } })).status).not.toBe(403)
})

test('a key needs no origin, also where a session comes with it', async () => {
  expect((await ask(server, cancel, { headers: { cookie, 'sec-fetch-site': 'cross-site' } })).status).not.toBe(403)
})

test('signing in or out on behalf of another site is refused', async () => {
  const from = { ...keyless, cookie, 'sec-fetch-site': 'cross-site' }
  expect(errorOf(await ask(server, 'POST /v1/session', { json: { api_key: key }, headers: from })).code).toBe('FORBIDDEN')
  expect(errorOf(await ask(server, 'DELETE /v1/session', { headers: from })).code).toBe('FORBIDDEN')
  const out = await ask(server, 'DELETE /v1/session', { headers: { ...from, 'sec-fetch-site': 'same-origin' } })
  expect(out.headers.get('set-cookie')).toContain('signalbox_session=; ')
})
