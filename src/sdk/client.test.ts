import { describe, expect, it } from 'vitest'
import { Signalbox, SignalboxApiError } from './client.ts'

const runId = '00000000-0000-4000-8000-000000000001'

interface Sent {
  readonly url: string
  readonly init: RequestInit
}

/** A client whose network is a function; what it sent is kept. */
function clientOver(
  answer: (sent: Sent, count: number) => Response | Promise<Response>,
  more: { timeoutMs?: number } = {},
) {
  const sent: Sent[] = []
  const client = new Signalbox({
    baseUrl: 'http://signalbox.test/base/',
    apiKey: 'sb_key',
    ...more,
    fetch: async (url, init = {}) => {
      const one = { url: String(url), init }
      sent.push(one)
      return answer(one, sent.length)
    },
  })
  return { client, sent }
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const started = () => json({ run_id: runId, status: 'queued' })
const headerOf = (sent: Sent | undefined, name: string) => new Headers(sent?.init.headers).get(name)

describe('a call', () => {
  it('carries the key, its body and its query, and keeps the path of the base URL', async () => {
    const { client, sent } = clientOver(({ url }) =>
      url.includes('?') ? json({ runs: [], next_cursor: null }) : started(),
    )
    await client.agentic.startRun({ model_name: 'm', test: { index: [5, 4] } })
    await client.agentic.listRuns({ status: 'failed', limit: 5 })
    expect(sent[0]?.url).toBe('http://signalbox.test/base/v1/agentic/runs')
    expect(sent[0]?.init).toMatchObject({ method: 'POST', body: '{"model_name":"m","test":{"index":[5,4]}}' })
    expect(headerOf(sent[0], 'api_key')).toBe('sb_key')
    expect(sent[1]?.url).toBe('http://signalbox.test/base/v1/agentic/runs?status=failed&limit=5')
  })

  it('fails with the code, the text and the advice of the server', async () => {
    const error = {
      code: 'NOT_FOUND',
      message: 'There is no such run.',
      suggestion: 'Look.',
      detail: { id: 1 },
      source: 'signalbox',
    }
    const { client, sent } = clientOver(() => json({ detail: 'There is no such run. Look.', error }, 404))
    const failure = await client.agentic.getRunState(runId).catch((reason: unknown) => reason)
    expect(failure).toBeInstanceOf(SignalboxApiError)
    expect(failure).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
      message: error.message,
      suggestion: 'Look.',
      detail: { id: 1 },
    })
    expect(sent).toHaveLength(1)
  })

  it('fails with a code of its own where what answers is not Signalbox', async () => {
    const page = clientOver(() => new Response('<html>', { status: 502 }))
    await expect(page.client.connect()).rejects.toMatchObject({ status: 502, code: 'ANSWER_UNREADABLE' })
    const other = clientOver(() => json({ hello: 'world' }))
    await expect(other.client.connect()).rejects.toMatchObject({ status: 200, code: 'ANSWER_UNREADABLE' })
  })
})

describe('a broken network', () => {
  const flaky = (broken: number, answer: () => Response) => (_sent: Sent, count: number) => {
    if (count <= broken) throw new TypeError('fetch failed')
    return answer()
  }

  it('is tried again for what does no harm twice: reading, and starting under one Idempotency-Key', async () => {
    const reading = clientOver(flaky(2, () => json(null)))
    expect(await reading.client.agentic.getPendingDecision(runId)).toBeNull()
    expect(reading.sent).toHaveLength(3)
    const starting = clientOver(flaky(1, started))
    await starting.client.agentic.startRun({ model_name: 'm' })
    expect(headerOf(starting.sent[0], 'idempotency-key')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headerOf(starting.sent[1], 'idempotency-key')).toBe(headerOf(starting.sent[0], 'idempotency-key'))
  })

  it('is told at once for what might be done twice, and after a few tries for the rest', async () => {
    const skipping = clientOver(flaky(9, () => json({})))
    await expect(skipping.client.agentic.skipPhase(runId)).rejects.toMatchObject({ status: 0, code: 'NETWORK_FAILED' })
    expect(skipping.sent).toHaveLength(1)
    const reading = clientOver(flaky(9, () => json({})))
    await expect(reading.client.agentic.getPhases(runId)).rejects.toMatchObject({ code: 'NETWORK_FAILED' })
    expect(reading.sent).toHaveLength(4)
  })
})

/** Answers never, and gives up when the call is aborted, as fetch does. */
function silence({ init }: Sent): Promise<Response> {
  return new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason)))
}

describe('time', () => {
  it('runs out with a code', async () => {
    const { client } = clientOver(silence, { timeoutMs: 20 })
    await expect(client.connect()).rejects.toMatchObject({ status: 0, code: 'TIMEOUT' })
    await expect(clientOver(silence).client.connect({ timeoutMs: 20 })).rejects.toMatchObject({ code: 'TIMEOUT' })
  })

  it('is the caller’s: an aborted signal rejects with its own reason', async () => {
    const { client } = clientOver(silence)
    const reason = new Error('the page was closed')
    const controller = new AbortController()
    const call = client.agentic.getRunState(runId, { signal: controller.signal })
    controller.abort(reason)
    await expect(call).rejects.toBe(reason)
    await expect(client.connect({ signal: controller.signal })).rejects.toBe(reason)
  })
})
