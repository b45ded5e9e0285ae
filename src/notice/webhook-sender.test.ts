import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isBlockedAddress } from './blocked-addresses.ts'
import type { Resolve } from './checked-lookup.ts'
import { webhookSender } from './webhook-sender.ts'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A receiver on a free port that answers as told. */
async function startReceiver(answer: (response: ServerResponse) => void) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
      answer(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  }))
  const { port } = server.address() as AddressInfo
  return { port, received }
}

const keyOf = (id: string) => Buffer.from(id.padEnd(32, '.').slice(0, 32))
const message = { id: 'msg-1', webhook_id: 'hook', body: '{"type":"run.completed","data":{"ä":"💥"}}' }
const { signal } = new AbortController()
const now = () => new Date(1_700_000_000_500)

function sender(settings: { allowPrivate?: boolean; resolve?: Resolve } = {}) {
  return webhookSender({ allowPrivate: false, keyOf, now, version: '0', ...settings })
}

test('what is sent verifies as Standard Webhooks says, and a changed body does not', async () => {
  const { port, received } = await startReceiver((response) => response.writeHead(204).end())
  const sending = sender({ allowPrivate: true })
  expect(await sending.send({ ...message, url: `http://127.0.0.1:${port}/hook` }, { signal })).toEqual({ ok: true, status: 204 })
  const [got] = received
  const secret = sending.secretOf('hook')
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const sign = (body: string) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${String(got?.headers['webhook-id'])}.${String(got?.headers['webhook-timestamp'])}.${body}`).digest('base64')}`
  }
  expect(got?.headers).toMatchObject({ 'webhook-id': 'msg-1', 'webhook-timestamp': '1700000000', 'content-type': 'application/json' })
  expect(got?.headers['webhook-signature']).toBe(sign(message.body))
  expect(got?.headers['webhook-signature']).not.toBe(sign(`${message.body} `))
  expect(got?.body).toBe(message.body)
  expect(sending.secretOf('other')).not.toBe(secret)
})

test('a redirect is not followed', async () => {
  const inner = await startReceiver((response) => response.writeHead(200).end())
  const outer = await startReceiver((response) => response.writeHead(302, { location: `http://127.0.0.1:${inner.port}/` }).end())
  const sent = await sender({ allowPrivate: true }).send({ ...message, url: `http://127.0.0.1:${outer.port}/` }, { signal })
  expect(sent).toEqual({ ok: false, status: 302, error: 'It answered 302; redirects are not followed.' })
  expect(inner.received).toEqual([])
})

describe('private and link-local addresses are not called unless the operator allows them', () => {
  test.each(['http://127.0.0.1:PORT/', 'http://localhost:PORT/', 'http://2130706433:PORT/', 'http://0x7f.1:PORT/', 'http://[::ffff:127.0.0.1]:PORT/', 'http://[::1]:PORT/', 'http://0.0.0.0:PORT/'])('%s', async (url) => {
    const { port, received } = await startReceiver((response) => response.writeHead(200).end())
    const at = url.replace('PORT', String(port))
    expect(await sender().check(at)).toMatchObject({ ok: false, refusal: { code: 'WEBHOOK_ADDRESS_BLOCKED' } })
    expect(await sender().send({ ...message, url: at }, { signal })).toMatchObject({ ok: false, status: null, error: expect.stringContaining('private') })
    expect(received).toEqual([])
  })

  test('also where a name hides one among others, or gives it only when the message is sent', async () => {
    const { port, received } = await startReceiver((response) => response.writeHead(200).end())
    const answers = [[{ address: '93.184.216.34', family: 4 }], [{ address: '93.184.216.34', family: 4 }, { address: '127.0.0.1', family: 4 }]]
    const rebinding = sender({ resolve: async () => answers.shift() ?? [] })
    expect(await rebinding.check(`http://example.test:${port}/`)).toEqual({ ok: true, value: null })
    expect(await rebinding.send({ ...message, url: `http://example.test:${port}/` }, { signal })).toMatchObject({ ok: false, status: null })
    expect(received).toEqual([])
  })

  test('the socket goes to the address that was checked: a name is resolved once', async () => {
    const { port, received } = await startReceiver((response) => response.writeHead(200).end())
    let asked = 0
    const resolve: Resolve = async () => {
      asked += 1
      return [{ address: '127.0.0.1', family: 4 }]
    }
    expect(await sender({ allowPrivate: true, resolve }).send({ ...message, url: `http://nowhere.invalid:${port}/` }, { signal })).toEqual({ ok: true, status: 200 })
    expect([asked, received[0]?.headers.host]).toEqual([1, `nowhere.invalid:${port}`])
  })

  test('ranges of every kind are blocked, and public ones are not', () => {
    const blocked = ['10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '224.0.0.1', '255.255.255.255', 'fe80::1', 'fd00::1', '::', '::ffff:10.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', 'ff02::1', 'nonsense']
    expect(blocked.filter((address) => !isBlockedAddress(address))).toEqual([])
    expect(['93.184.216.34', '172.32.0.1', '2606:4700::1111'].filter(isBlockedAddress)).toEqual([])
  })
})

test('what is no address for webhooks is refused', async () => {
  for (const url of ['ftp://example.com/', 'file:///etc/passwd', 'example.com', 'https://user:secret@example.com/', 'https://example.com/#x', '']) {
    expect(await sender({ allowPrivate: true }).check(url)).toMatchObject({ ok: false, refusal: { code: 'WEBHOOK_URL_REFUSED' } })
  }
  const refused = await sender({ resolve: () => Promise.reject(new Error('ENOTFOUND')) }).check('https://nowhere.invalid/')
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'WEBHOOK_URL_REFUSED' } })
})

test('a receiver that never answers is given up when the signal says so, in words without its address', async () => {
  const { port } = await startReceiver(() => undefined)
  const controller = new AbortController()
  const sent = sender({ allowPrivate: true }).send({ ...message, url: `http://127.0.0.1:${port}/secret-path` }, { signal: controller.signal })
  controller.abort()
  expect(await sent).toEqual({ ok: false, status: null, error: 'No answer came within 10 seconds.' })
})
