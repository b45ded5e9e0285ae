import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask, startServer, type TestServer } from './http-server.testkit.ts'
import { id } from './signalbox.testkit.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

it('sends an export under its own name, with its hash and what was verified', async () => {
  const answer = await ask(server, `GET /v1/models/export/${id(7)}?format=js`)
  expect(answer).toMatchObject({ status: 200, body: 'model' })
  expect(answer.headers.get('content-disposition')).toContain('filename="model.js"')
  expect(answer.headers.get('x-signalbox-sha256')).toBe(createHash('sha256').update('model').digest('hex'))
  expect(answer.headers.get('x-signalbox-checked-rows')).toBe('3')
  expect(answer.headers.get('x-signalbox-takes')).toBe('raw_rows')
})

it('refuses a format that is not offered, and a version that is not there', async () => {
  expect((await ask(server, `GET /v1/models/export/${id(7)}?format=pmml`)).status).toBe(422)
  expect((await ask(server, `GET /v1/models/export/${id(7)}`)).status).toBe(422)
  expect((await ask(server, `GET /v1/models/export/${id(8)}?format=js`)).status).toBe(404)
  expect(await ask(server, `GET /v1/models/exports/${id(7)}`)).toMatchObject({ status: 200, body: { formats: [] } })
})
