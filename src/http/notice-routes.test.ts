import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Signalbox } from '#sdk/client'
import { ask, errorOf, startServer, type TestServer } from './http-server.testkit.ts'
import { id, key } from './signalbox.testkit.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(async () => {
  await server.close()
  expect(server.undocumented).toEqual([])
})

const run = `/v1/agentic/runs/${id(5)}`

describe('chat', () => {
  it('takes content, and message as some clients say', async () => {
    for (const json of [{ content: 'hi' }, { message: 'hi' }, { message: 'hi', content: null }]) {
      expect((await ask(server, `POST ${run}/chat`, { json })).body).toMatchObject({ content: 'You said: hi', message_type: 'text' })
    }
    expect((await ask(server, `GET ${run}/chat/history`)).body).toMatchObject([{ role: 'assistant', message_type: 'text' }])
  })

  it('refuses what says nothing, and what says too much', async () => {
    for (const json of [{}, { content: '' }, { content: '   ' }, { content: 5 }, { content: 'x'.repeat(10_001) }]) {
      const answer = await ask(server, `POST ${run}/chat`, { json })
      expect([answer.status, errorOf(answer).code]).toEqual([422, 'VALIDATION_FAILED'])
      expect(errorOf(answer).message).toContain('content')
    }
  })
})

describe('the stream of events', () => {
  it('is text/event-stream, with the number of each event as its id and none at the end', async () => {
    const answer = await ask(server, `GET ${run}/events`)
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(String(answer.body).match(/^(id|event): .*$/gm)).toEqual(['id: 1', 'event: run-paused', 'id: 2', 'event: run-paused', 'event: end'])
  })

  it('goes on after Last-Event-ID, which counts before the query', async () => {
    const calls = async (query: string, headers: Record<string, string>) => {
      const { body } = await ask(server, `GET ${run}/events${query}`, { headers })
      return String(body).match(/^id: .*$/gm) ?? []
    }
    expect(await calls('', { 'last-event-id': '1' })).toEqual(['id: 2'])
    expect(await calls('?after=2', {})).toEqual([])
    expect(await calls('?after=0', { 'last-event-id': '2' })).toEqual([])
    expect(await calls('?after=1', { 'last-event-id': '' })).toEqual(['id: 2'])
  })

  it('refuses a number that is none, and a run that is not there', async () => {
    for (const headers of [{ 'last-event-id': 'x' }, { 'last-event-id': '-1' }, { 'last-event-id': '1.5' }]) {
      expect(errorOf(await ask(server, `GET ${run}/events`, { headers })).code).toBe('VALIDATION_FAILED')
    }
    expect((await ask(server, `GET ${run}/events?after=abc`)).status).toBe(422)
    expect((await ask(server, `GET /v1/agentic/runs/${id(6)}/events`)).status).toBe(404)
  })
})

describe('webhooks', () => {
  it('are added, listed, tested and removed', async () => {
    const { webhooks } = new Signalbox({ baseUrl: server.url, apiKey: key })
    const { webhook_id, secret } = await webhooks.add({ url: 'https://example.com/', events: ['run.completed'] })
    expect(secret).toMatch(/^whsec_/)
    expect(await webhooks.list()).toEqual([])
    expect(await webhooks.test(webhook_id)).toEqual({ success: true, status: 200, error: null })
    expect(await webhooks.remove(webhook_id)).toEqual({ webhook_id, status: 'deleted' })
    await expect(webhooks.remove(id(1))).rejects.toMatchObject({ status: 404, code: 'NOT_FOUND' })
  })

  it('are refused without an address, without events, and with events that are none', async () => {
    for (const json of [{ events: ['run.completed'] }, { url: 'https://example.com/', events: [] }, { url: 'https://example.com/', events: ['run.exploded'] }]) {
      expect((await ask(server, 'POST /v1/webhooks', { json })).status).toBe(422)
    }
    expect(errorOf(await ask(server, 'POST /v1/webhooks', { json: { url: 'ftp://x', events: ['run.failed'] } })).code).toBe('WEBHOOK_URL_REFUSED')
  })
})
