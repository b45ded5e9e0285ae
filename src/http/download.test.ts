import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ask, startServer, type TestServer } from './http-server.testkit.ts'
import { id, key } from './signalbox.testkit.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const urlOf = (body: unknown) => z.object({ url: z.string() }).parse(body).url

describe('a download', () => {
  it('streams the CSV under its own name', async () => {
    const answer = await ask(server, `GET /v1/datasets/${id(7)}/download?format=csv`)
    expect(answer).toMatchObject({ status: 200, body: 'a,b\n1,2\n' })
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="Gr__e _1_.csv"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.csv`,
    )
    expect((await ask(server, `GET /v1/datasets/${id(7)}/download?format=xls`)).status).toBe(422)
    expect((await ask(server, `GET /v1/datasets/${id(8)}/download`)).status).toBe(404)
  })

  it('stops its source when the client goes away', async () => {
    let ended = false
    async function* endless(): AsyncGenerator<string> {
      try {
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 1))
          yield 'row\n'.repeat(1_000)
        }
      } finally {
        ended = true
      }
    }
    server.state.rows = endless()
    const client = new AbortController()
    const response = await fetch(`${server.url}/v1/datasets/${id(7)}/download`, {
      headers: { api_key: key },
      signal: client.signal,
    })
    await response.body?.getReader().read()
    client.abort()
    await expect.poll(() => ended).toBe(true)
    server.state.rows = null
  })
})

describe('a presigned address', () => {
  it('is absolute, points here, and needs no key', async () => {
    const url = urlOf((await ask(server, `GET /v1/datasets/${id(7)}/presign`)).body)
    expect(url).toBe(`${server.url}/v1/presigned/abc.DEF-1_2`)
    const fetched = await fetch(url)
    expect([fetched.status, await fetched.text(), fetched.headers.get('content-length')]).toEqual([
      200,
      'a,b\n1,2\n',
      '8',
    ])
    expect((await fetch(`${url}x`)).status).toBe(404)
    expect((await fetch(`${server.url}/v1/presigned/${'x'.repeat(3_000)}`)).status).toBe(404)
  })

  it('is built from the Host header, or from the public address where there is one', async () => {
    const presign = async (from: TestServer, host: string) =>
      urlOf((await ask(from, `GET /v1/datasets/${id(7)}/presign`, { headers: { host } })).body)
    // fetch sets Host itself; what is sent here stands in for a proxy's.
    expect(new URL(await presign(server, 'localhost')).pathname).toBe('/v1/presigned/abc.DEF-1_2')
    const behindProxy = await startServer({ publicUrl: 'https://signals.example' })
    expect(await presign(behindProxy, 'evil.example')).toBe('https://signals.example/v1/presigned/abc.DEF-1_2')
    await behindProxy.close()
  })
})
