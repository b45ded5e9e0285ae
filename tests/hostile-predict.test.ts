import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { errorBodySchema } from '#wire/error-body'
import { predictionsAnswerSchema } from '#wire/prediction'
import { openDeployHouse, type DeployHouse } from './deployments.testkit.ts'
import { crashTable } from './long/crash-table.ts'

let at: DeployHouse
let deployKey: string
beforeAll(async () => {
  at = await openDeployHouse()
  const run = await at.deployed(crashTable(), 'label')
  deployKey = (await at.client.deployments.createDeployKey({ deployment_id: run.results.deployment_id ?? '' })).deploy_key
}, 240_000)
afterAll(() => at.close())

const json = 'application/json'
const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth)
const row = (text: string) => `[{"amount": 1, "visits": ${text}, "colour": "blue"}]`
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'))
const bytes = (...parts: (string | number[])[]) => new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part)))))

type Body = string | Uint8Array

/** Refused as a whole: the status and the code. */
const refused: ReadonlyArray<[name: string, body: Body, status: number, code: string, type?: string]> = [
  ['nothing', '', 422, 'BODY_NOT_JSON'],
  ['blanks', ' \n\t ', 422, 'BODY_NOT_JSON'],
  ['null', 'null', 422, 'BODY_NOT_JSON'],
  ['a number', '7', 422, 'BODY_NOT_JSON'],
  ['a text', '"rows"', 422, 'BODY_NOT_JSON'],
  ['true', 'true', 422, 'BODY_NOT_JSON'],
  ['one object', '{"visits": 1}', 422, 'BODY_NOT_JSON'],
  ['an object of columns', '{"visits": [1, 2], "amount": [1, 2]}', 422, 'BODY_NOT_JSON'],
  ['a list that does not end', '[{"visits": 1}', 422, 'BODY_NOT_JSON'],
  ['an object that does not end', '[{"visits": 1', 422, 'BODY_NOT_JSON'],
  ['a text that does not end', '[{"visits": "1', 422, 'BODY_NOT_JSON'],
  ['a comma too many', '[{"visits": 1},]', 422, 'BODY_NOT_JSON'],
  ['something behind the list', '[{"visits": 1}] x', 422, 'BODY_NOT_JSON'],
  ['two lists', '[][]', 422, 'BODY_NOT_JSON'],
  ['single quotes', "[{'visits': 1}]", 422, 'BODY_NOT_JSON'],
  ['a comment', '[{"visits": 1 /* one */}]', 422, 'BODY_NOT_JSON'],
  ['NaN', row('NaN'), 422, 'BODY_NOT_JSON'],
  ['Infinity', row('Infinity'), 422, 'BODY_NOT_JSON'],
  ['a hexadecimal number', row('0x10'), 422, 'BODY_NOT_JSON'],
  ['a leading zero', row('01'), 422, 'BODY_NOT_JSON'],
  ['undefined', row('undefined'), 422, 'BODY_NOT_JSON'],
  ['a raw line end in a text', '[{"colour": "a\nb"}]', 422, 'BODY_NOT_JSON'],
  ['a NUL byte', '[{"visits": 1}]\0', 422, 'BODY_NOT_JSON'],
  ['lines of objects', '{"visits": 1}\n{"visits": 2}', 422, 'BODY_NOT_JSON'],
  ['CSV called JSON', 'amount,visits\n1,2', 422, 'BODY_NOT_JSON'],
  ['UTF-16', utf16('[{"visits": 1}]'), 422, 'BODY_NOT_JSON'],
  ['gzip without saying so', new Uint8Array(gzipSync('[{"visits": 1}]')), 422, 'BODY_NOT_JSON'],
  ['random bytes', bytes([0xde, 0xad, 0xbe, 0xef, 0xff, 0xfe]), 422, 'BODY_NOT_JSON'],
  ['open brackets without end', '['.repeat(200_000), 422, 'BODY_NOT_JSON'],
  ['open braces without end', '[{"a":'.repeat(100_000), 422, 'BODY_NOT_JSON'],
  ['a text without end of 10 MB', `[{"colour": "${'x'.repeat(10_000_000)}`, 422, 'BODY_NOT_JSON'],
  ['XML', '<rows/>', 415, 'UNSUPPORTED_MEDIA_TYPE', 'application/xml'],
  ['plain text', '[{"visits": 1}]', 415, 'UNSUPPORTED_MEDIA_TYPE', 'text/plain'],
  ['a web form', 'visits=1', 415, 'UNSUPPORTED_MEDIA_TYPE', 'application/x-www-form-urlencoded'],
  ['a content type that is none', '[{"visits": 1}]', 415, 'UNSUPPORTED_MEDIA_TYPE', 'json'],
  ['too many rows', `[${Array(100_001).fill('{}').join(',')}]`, 413, 'TOO_MANY_ROWS'],
]

/** Taken: what is said of the first row, "scored" or the column that cannot be read (null: the row). */
const taken: ReadonlyArray<[name: string, body: Body, said: 'scored' | { column: string | null }, type?: string]> = [
  ['NaN as a text', row('"NaN"'), 'scored'],
  ['a blank', row('"  "'), 'scored'],
  ['infinity as a text', row('"Infinity"'), { column: 'visits' }],
  ['a number beyond a double', row('1e400'), { column: 'visits' }],
  ['a number far below a double', row('-1e999'), { column: 'visits' }],
  ['the largest double', row('1.7976931348623157e308'), 'scored'],
  ['the smallest double', row('5e-324'), 'scored'],
  ['minus zero', row('-0'), 'scored'],
  ['a number of a thousand digits', row('9'.repeat(1_000)), { column: 'visits' }],
  ['a number of a thousand places', row(`0.${'9'.repeat(1_000)}`), 'scored'],
  ['a whole number beyond 2^53', row('9007199254740993'), 'scored'],
  ['true as a number', row('true'), { column: 'visits' }],
  ['a list as a number', row('[1]'), { column: 'visits' }],
  ['an object as a number', row('{"valueOf": 1}'), { column: 'visits' }],
  ['an object that claims to be a text', '[{"colour": {"toString": "blue", "length": 4}, "visits": 1}]', { column: 'colour' }],
  ['nesting in an unknown column', `[{"visits": 1, "deep": ${nested(4_000, '[', ']')}}]`, 'scored'],
  ['nesting in a known column', row(nested(4_000, '[', ']')), { column: 'visits' }],
  ['nested lists as a row', `[${nested(4_000, '[', ']')}]`, { column: null }],
  ['a list as a row', '[[1, 2, 3]]', { column: null }],
  ['null as a row', '[null]', { column: null }],
  ['a text as a row', '["visits"]', { column: null }],
  ['a number as a row', '[42]', { column: null }],
  ['an empty row', '[{}]', { column: null }],
  ['a row of nothing that is known', '[{"weight": 1}]', { column: null }],
  ['__proto__', '[{"__proto__": {"visits": 1, "amount": 2}}]', { column: null }],
  ['__proto__ beside values', '[{"__proto__": {"colour": "red"}, "visits": 1}]', 'scored'],
  ['constructor', '[{"constructor": {"prototype": {"polluted": 1}}, "visits": 1}]', 'scored'],
  ['hasOwnProperty', '[{"hasOwnProperty": 1, "toString": 2, "visits": 1}]', 'scored'],
  ['a key twice: the last counts', '[{"visits": "many", "visits": 1}]', 'scored'],
  ['a key in two spellings: the exact one counts', '[{"VISITS": "many", "visits": 1}]', 'scored'],
  ['half of a surrogate pair', '[{"colour": "\\ud800", "visits": 1}]', 'scored'],
  ['half of a surrogate pair as a number', row('"\\udfff"'), { column: 'visits' }],
  ['a NUL in a text', '[{"colour": "a\\u0000b", "visits": 1}]', 'scored'],
  ['text that turns about', '[{"colour": "\u202eblue", "visits": 1}]', 'scored'],
  ['a category of 10 MB', `[{"colour": "${'x'.repeat(10_000_000)}", "visits": 1}]`, 'scored'],
  ['a number of 10 MB of text', row(`"${'9'.repeat(10_000_000)}"`), { column: 'visits' }],
  ['a name of 10 MB', `[{"${'x'.repeat(10_000_000)}": 1, "visits": 1}]`, 'scored'],
  ['a hundred thousand unknown columns', `[{${Array.from({ length: 100_000 }, (_, i) => `"u${i}":${i}`).join(',')},"visits":1}]`, 'scored'],
  ['a byte order mark', bytes([0xef, 0xbb, 0xbf], row('1')), 'scored'],
  ['bytes that are no UTF-8', bytes('[{"colour": "', [0xff, 0xc0], '", "visits": 1}]'), 'scored'],
  ['a content type with a charset', row('1'), 'scored', 'application/json; charset=latin1'],
  ['a content type of its own kind', row('1'), 'scored', 'application/vnd.rows+json'],
]

async function send(body: Body, type = json, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${at.url}/v1/predict`, { method: 'POST', headers: { api_key: deployKey, 'content-type': type, ...headers }, body: typeof body === 'string' ? body : Buffer.from(body) })
  return { status: answer.status, text: await answer.text() }
}

describe('a hostile body', () => {
  test.each(refused)('%s is refused with a code', async (...[, body, status, code, type]: (typeof refused)[number]) => {
    const answer = await send(body, type)
    const { error, detail } = errorBodySchema.parse(JSON.parse(answer.text))
    expect([answer.status, error.code]).toEqual([status, code])
    expect(detail.length).toBeLessThan(1_000)
  })

  test.each(taken)('%s is answered row by row', async (...[, body, said, type]: (typeof taken)[number]) => {
    const answer = await send(body, type)
    expect(answer.status).toBe(200)
    expect(answer.text.length).toBeLessThan(3_000)
    const [first] = predictionsAnswerSchema.parse(JSON.parse(answer.text))
    if (said === 'scored') expect([first?.error, typeof first?.score]).toEqual([undefined, 'number'])
    else expect(first).toMatchObject({ score: null, pred: null, error: { code: 'ROW_UNREADABLE', ...said } })
  })

  test('that is said to be packed is refused, and one that is cut off leaves the server answering', async () => {
    const packed = await send(new Uint8Array(gzipSync(row('1'))), json, { 'content-encoding': 'gzip' })
    expect([packed.status, errorBodySchema.parse(JSON.parse(packed.text)).error.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
    const { port, hostname } = new URL(at.url)
    const socket = connect(Number(port), hostname)
    socket.write(`POST /v1/predict HTTP/1.1\r\nhost: x\r\napi_key: ${deployKey}\r\ncontent-type: ${json}\r\ncontent-length: 1000\r\n\r\n[{"visits"`)
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.destroy()
    expect((await send(row('1'))).status).toBe(200)
  })

  test('changes nothing for the next: no prototype is touched, the answers stay the same, and memory stays flat', { timeout: 180_000 }, async () => {
    const plain = (await send(row('1'))).text
    const all = [...refused.map(([, body, , , type]) => ({ body, type })), ...taken.map(([, body, , type]) => ({ body, type }))].filter(({ body }) => body.length < 1_000_000)
    const round = async () => {
      for (const { body, type } of all) await send(body, type)
    }
    await round()
    globalThis.gc?.()
    const before = process.memoryUsage().rss
    for (let i = 0; i < 10; i++) await round()
    globalThis.gc?.()
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20)
    expect((await send(row('1'))).text).toBe(plain)
    expect('polluted' in {}).toBe(false)
  })
})
