import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ask, errorOf, startServer, type TestServer } from './http-server.testkit.ts'
import { fakeDecision, fakeRun, id, key, organisation, team } from './signalbox.testkit.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(async () => {
  await server.close()
  expect(server.undocumented).toEqual([])
})
beforeEach(() => {
  server.state.calls.length = 0
  server.state.runs.clear()
  server.state.decisions.clear()
  server.state.kept.clear()
})

const runPath = `/v1/agentic/runs/${id(5)}`
const lastInput = () => server.state.calls.at(-1)?.input

describe('the key', () => {
  it('may come in any of three headers', async () => {
    const forms: Record<string, string>[] = [
      { api_key: key },
      { authorization: `Bearer ${key}` },
      { authorization: `bearer  ${key}` },
      { 'x-api-key': key },
    ]
    for (const headers of forms) {
      const response = await fetch(`${server.url}/v1/connect`, { headers })
      expect(response.status).toBe(200)
      expect(await response.json()).toMatchObject({ username: 'owner', key: 'sb_0123', team_id: team })
    }
  })

  it('is asked for on every route of a team, before anything else is looked at', async () => {
    for (const headers of [
      { api_key: '' },
      { api_key: 'sb_wrong' },
      { api_key: 'x'.repeat(5_000) },
      { api_key: '', authorization: `Basic ${key}` },
    ]) {
      const answer = await ask(server, 'POST /v1/agentic/runs', { text: 'no json', headers })
      expect(answer.status).toBe(401)
      expect(errorOf(answer).code).toBe('UNAUTHENTICATED')
    }
    expect((await ask(server, 'GET /v1/ping', { headers: { api_key: '' } })).status).toBe(401)
  })

  it('never gets into the log', async () => {
    server.state.failure = new Error('boom')
    await ask(server, `GET ${runPath}?api_key=${key}`)
    server.state.failure = null
    expect(server.log.join('')).toContain('boom')
    expect(server.log.join('')).not.toContain(key)
  })

  it('fits the team and organisation that the request names, or nothing is found', async () => {
    expect(
      (await ask(server, 'GET /v1/connect', { headers: { team_id: team.toUpperCase(), org_id: organisation } })).status,
    ).toBe(200)
    expect((await ask(server, 'GET /v1/connect', { headers: { team_id: id(99) } })).status).toBe(404)
    expect((await ask(server, 'GET /v1/connect', { headers: { org_id: 'none' } })).status).toBe(404)
    expect((await ask(server, `GET /v1/organisations/limits/${id(99)}`)).status).toBe(404)
    const summarize = await ask(server, 'POST /v1/autotrain/summarize-dataset', {
      json: { dataset_id: id(7), team_id: id(99) },
    })
    expect(summarize.status).toBe(404)
  })
})

describe('bodies', () => {
  it('may be missing, empty or null, and mean {}', async () => {
    server.state.runs.set(id(5), fakeRun(id(5)))
    const empty = [
      {},
      { text: '', headers: { 'content-type': 'application/json' } },
      { text: 'null', headers: { 'content-type': 'application/json' } },
    ]
    for (const options of [
      ...empty,
      { text: '', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      { json: { unknown: 1 } },
    ]) {
      expect(await ask(server, `POST ${runPath}/cancel`, options)).toMatchObject({
        status: 200,
        body: { success: true },
      })
    }
    const started = await ask(server, 'POST /v1/agentic/runs', {})
    expect(errorOf(started)).toMatchObject({
      code: 'VALIDATION_FAILED',
      message: 'model_name: expected text, received nothing.',
    })
  })

  it('may hold explicit nulls and unknown fields', async () => {
    const nulls = Object.fromEntries(
      [
        'auto_mode',
        'require_approval',
        'run_id',
        'user_query',
        'phase_plan',
        'algorithm',
        'target',
        'task',
        'test',
        'seed',
      ].map((name) => [name, null]),
    )
    const answer = await ask(server, 'POST /v1/agentic/runs', {
      json: { model_name: 'm', dataset_id: id(7).toUpperCase(), ...nulls, whatever: 1 },
    })
    expect(answer).toMatchObject({ status: 200, body: { status: 'queued' } })
    expect(lastInput()).not.toHaveProperty('whatever')
    expect(lastInput()).toMatchObject({ auto_mode: null, dataset_id: id(7) })
  })

  it('that are not one JSON object are refused with a code', async () => {
    const json = { 'content-type': 'application/json' }
    const bodies: [string, Record<string, string>, number, string][] = [
      ['{"model_name": ', json, 422, 'BODY_NOT_JSON'],
      ['[]', json, 422, 'BODY_NOT_JSON'],
      ['"text"', json, 422, 'BODY_NOT_JSON'],
      ['{"__proto__": {"auto_mode": true}}', json, 422, 'BODY_NOT_JSON'],
      ['{"constructor": {"prototype": {"x": 1}}}', json, 422, 'BODY_NOT_JSON'],
      ['{"model_name":"m"}', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
      ['{"model_name":"m"}', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
      [`{"model_name":"m","user_query":"${'x'.repeat(5 * 2 ** 20)}"}`, json, 413, 'BODY_TOO_LARGE'],
    ]
    for (const [text, headers, status, code] of bodies) {
      const answer = await ask(server, 'POST /v1/agentic/runs', { text, headers })
      expect([answer.status, errorOf(answer).code]).toEqual([status, code])
    }
    expect(server.state.calls).toEqual([])
  })

  it('that no store could keep are refused: deep nesting, infinities, NUL, half surrogates', async () => {
    const values = [
      `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
      `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`,
      '1e999',
      '"a\\u0000b"',
      '"\\ud800"',
      '{"\\u0000": 1}',
    ]
    for (const value of values) {
      const text = `{"decision_type": "label_selection", "custom_value": ${value}}`
      const answer = await ask(server, `POST ${runPath}/decisions`, {
        text,
        headers: { 'content-type': 'application/json' },
      })
      expect(answer.status).toBe(422)
      expect(errorOf(answer).code).toBe('VALIDATION_FAILED')
    }
    expect(server.state.calls).toEqual([])
  })

  it('of a wrong shape are refused naming each field, what was expected and what came', async () => {
    const json = {
      model_name: 5,
      auto_mode: 'yes',
      algorithm: 'gpt',
      require_approval: 'all',
      test: { index: [5, 7] },
      seed: 1.5,
      decision_timeout_seconds: 0,
      dataset_id: 'abc',
    }
    const answer = await ask(server, 'POST /v1/agentic/runs', { json })
    expect(answer.status).toBe(422)
    const { code, message, detail } = errorOf(answer)
    expect(code).toBe('VALIDATION_FAILED')
    for (const part of [
      'model_name: expected text, received 5.',
      'auto_mode: expected true or false, received the text "yes".',
      'algorithm: expected one of "xgm", "xplainable", received the text "gpt".',
      'require_approval: expected a list, received the text "all".',
      'seed: expected a whole number, received 1.5.',
      'decision_timeout_seconds: expected more than 0, received 0.',
      'dataset_id: expected a UUID, received the text "abc".',
      'test.index: expected a second number below the first, received a list of 2.',
    ]) {
      expect(message).toContain(part)
    }
    const { fields } = z.object({ fields: z.array(z.object({ field: z.string() })) }).parse(detail)
    expect(fields.map(({ field }) => field).sort()).toEqual(
      Object.keys(json)
        .map((name) => (name === 'test' ? 'test.index' : name))
        .sort(),
    )
  })

  it('pass a column that is called like a member of every object', async () => {
    server.state.runs.set(id(5), fakeRun(id(5)))
    const json = {
      decision_type: 'model_training',
      monotonic_constraints: { constructor: 'increasing', toString: 'decreasing' },
      custom_value: { constructor: 1 },
    }
    expect((await ask(server, `POST ${runPath}/decisions`, { json })).status).toBe(200)
    expect(
      server.state.calls.find(({ name, input }) => name === 'submitDecision' && typeof input === 'object')?.input,
    ).toMatchObject(json)
  })
})

describe('ids', () => {
  it('of another shape, or unknown, are 404', async () => {
    for (const path of [
      '/v1/agentic/runs/abc',
      '/v1/agentic/runs/1/phases',
      '/v1/datasets/x',
      `/v1/runs/${id(1)}x`,
      '/v1/runs/teams/x',
      `/v1/agentic/runs/${id(4)}`,
    ]) {
      const answer = await ask(server, `GET ${path}`)
      expect([path, answer.status, errorOf(answer).code]).toEqual([path, 404, 'NOT_FOUND'])
    }
    for (const method of ['cancel', 'skip-phase', 'resume'])
      expect((await ask(server, `POST /v1/agentic/runs/abc/${method}`)).status).toBe(404)
    const upper = { model_name: 'm', run_id: 'ABCDEF00-0000-4000-8000-00000000000A' }
    await ask(server, 'POST /v1/agentic/runs', { json: upper })
    expect((await ask(server, `GET /v1/agentic/runs/${upper.run_id}`)).body).toMatchObject({
      run_id: upper.run_id.toLowerCase(),
    })
    const start = await ask(server, 'POST /v1/agentic/runs', { json: { model_name: 'm', dataset_id: 'abc' } })
    expect([start.status, errorOf(start).code]).toEqual([404, 'DATASET_NOT_FOUND'])
    expect((await ask(server, 'POST /v1/agentic/runs', { json: { model_name: 'm', run_id: 'abc' } })).status).toBe(404)
  })
})

describe('queries', () => {
  it('take booleans as Python writes them, and nothing for an empty value', async () => {
    const path = `/v1/datasets/${id(7)}/preview`
    expect((await ask(server, `GET ${path}?rows=5&offset=&sample=True`)).body).toEqual([{ a: 1, b: null }])
    expect(lastInput()).toEqual({ rows: 5, offset: 0, sample: true })
    await ask(server, `GET ${path}?sample=False&sample=True`)
    expect(lastInput()).toEqual({ rows: 10, offset: 0, sample: false })
  })

  it('are refused with the field where they make no sense', async () => {
    for (const query of ['rows=abc', 'rows=1.5', 'rows=0', 'sample=yes', 'rows=1e9', 'offset=-1']) {
      const answer = await ask(server, `GET /v1/datasets/${id(7)}/preview?${query}`)
      expect([query, answer.status]).toEqual([query, 422])
      expect(errorOf(answer).message).toContain(`${query.split('=')[0]}: expected`)
    }
    expect((await ask(server, 'GET /v1/agentic/runs?status=done')).status).toBe(422)
    expect((await ask(server, 'GET /v1/agentic/runs?cursor=%00')).status).toBe(422)
  })
})

describe('answers', () => {
  it('of a run with nothing pending are null as JSON', async () => {
    server.state.runs.set(id(5), fakeRun(id(5)))
    const none = await ask(server, `GET ${runPath}/pending-decision`)
    expect(none).toMatchObject({ status: 200, body: null })
    server.state.decisions.set(id(5), fakeDecision())
    expect((await ask(server, `GET ${runPath}/pending-decision`)).body).toEqual(fakeDecision())
  })

  it('of a started run tell its settings', async () => {
    const settings = {
      phase_plan: ['label_selection' as const],
      require_approval: [],
      auto_mode: false,
      auto_apply_safe_features: true,
      auto_deploy: false,
      algorithm: 'xgm' as const,
      user_query: null,
      target: null,
      task: null,
      test: { index: [5, 4] satisfies [number, number] },
      seed: 1,
      decision_timeout_seconds: null,
    }
    server.state.runs.set(id(5), { ...fakeRun(id(5)), settings })
    expect((await ask(server, `GET ${runPath}`)).body).toMatchObject({ settings })
  })

  it('carry headers against guessing, framing and caching, and a request id', async () => {
    for (const path of ['/v1/connect', '/nowhere', '/healthz']) {
      const { headers } = await ask(server, `GET ${path}`)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  it('of a fault say nothing about the inside, and the log says it under the request id', async () => {
    server.state.failure = new Error('password of the database is hunter2', { cause: new Error('deep reason') })
    const answer = await ask(server, `GET ${runPath}`)
    const ready = await ask(server, 'GET /readyz')
    server.state.failure = null
    expect(answer.status).toBe(500)
    expect(errorOf(answer).code).toBe('INTERNAL')
    expect(JSON.stringify(answer.body)).not.toContain('hunter2')
    const lines = server.log.filter((line) => line.includes(answer.headers.get('x-request-id') ?? '?'))
    expect(lines.join('')).toContain('deep reason')
    expect([ready.status, errorOf(ready).code]).toEqual([503, 'DATABASE_UNAVAILABLE'])
    expect(await ask(server, 'GET /readyz')).toMatchObject({
      status: 200,
      body: { status: 'ok', checks: { database: true } },
    })
    expect((await ask(server, 'GET /healthz', { headers: { api_key: '' } })).status).toBe(200)
  })
})

describe('what is not there', () => {
  it('says whether it is a route of the original, a wrong method, or nothing', async () => {
    const cases: [string, number, string][] = [
      ['GET /v1/public-datasets', 404, 'NOT_OFFERED'],
      [`POST ${runPath}/chat/stream`, 404, 'NOT_OFFERED'],
      [`GET /v1/datasets/${id(7)}/relationships`, 404, 'NOT_OFFERED'],
      ['GET /nowhere', 404, 'ROUTE_NOT_FOUND'],
      ['GET /v1/%zz', 404, 'ROUTE_NOT_FOUND'],
      [`PUT ${runPath}`, 405, 'METHOD_NOT_ALLOWED'],
      ['PUT /v1/agentic/runs', 405, 'METHOD_NOT_ALLOWED'],
    ]
    for (const [request, status, code] of cases) {
      const answer = await ask(server, request, { headers: { api_key: '' } })
      expect([request, answer.status, errorOf(answer).code]).toEqual([request, status, code])
    }
    const unread = await ask(server, 'POST /v1/nowhere', { text: '{', headers: { 'content-type': 'application/json' } })
    expect(unread.status).toBe(404)
    expect((await ask(server, 'PUT /v1/agentic/runs')).headers.get('allow')).toBe('POST, GET, HEAD')
  })

  it('answers bytes that are no HTTP with a code too', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.end('NONSENSE\r\n\r\n')
    let text = ''
    for await (const chunk of socket) text += String(chunk)
    expect(text).toMatch(/^HTTP\/1.1 400 /)
    expect(text).toContain('VALIDATION_FAILED')
  })
})

describe('a repeated POST', () => {
  const json = { model_name: 'm', dataset_id: id(7) }
  const headers = { 'idempotency-key': 'one-two-three' }

  it('with one Idempotency-Key is done once', async () => {
    const first = await ask(server, 'POST /v1/agentic/runs', { json, headers })
    const second = await ask(server, 'POST /v1/agentic/runs', { json: { dataset_id: id(7), model_name: 'm' }, headers })
    expect(second.body).toEqual(first.body)
    expect(server.state.calls.filter(({ name }) => name === 'start')).toHaveLength(1)
  })

  it('is refused where the body or the route differs, or the key is none', async () => {
    await ask(server, 'POST /v1/agentic/runs', { json, headers })
    const other = await ask(server, 'POST /v1/agentic/runs', { json: { ...json, model_name: 'n' }, headers })
    expect([other.status, errorOf(other).code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
    expect(errorOf(await ask(server, `POST ${runPath}/cancel`, { headers })).code).toBe('IDEMPOTENCY_KEY_REUSED')
    expect(
      (await ask(server, 'POST /v1/agentic/runs', { json, headers: { 'idempotency-key': 'x'.repeat(256) } })).status,
    ).toBe(422)
  })
})
