import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ask, errorOf, startServer, type TestServer } from './http-server.testkit.ts'
import { id, key, team } from './signalbox.testkit.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(async () => {
  await server.close()
  expect(server.undocumented).toEqual([])
})
beforeEach(() => {
  server.state.files.length = 0
  server.state.kept.clear()
})

const upload = 'POST /v1/datasets/upload'

function formOf(fields: Record<string, string | File>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

const csv = (text = 'a,b\n1,2\n', name = 'täble 1.csv') => new File([text], name)

describe('an upload', () => {
  it('hands the file over on disk and leaves nothing behind, whatever comes first in the form', async () => {
    for (const form of [
      formOf({ name: 'n', description: 'd', team_id: team, file: csv() }),
      formOf({ file: csv(), name: 'n', description: 'd' }),
    ]) {
      expect(await ask(server, upload, { form })).toMatchObject({
        status: 200,
        body: { dataset_id: id(7), name: 'n', status: 'ready' },
      })
    }
    for (const { file, text } of server.state.files) {
      expect(text).toBe('a,b\n1,2\n')
      expect(file).toMatchObject({ file_name: 'täble 1.csv', name: 'n', description: 'd' })
    }
    expect(server.state.files).toHaveLength(2)
    expect(await server.filesLeft()).toEqual([])
  })

  it('of the summarize route opens a run', async () => {
    const form = formOf({ file: csv(), textgen_config: '{"model":"none"}' })
    expect(await ask(server, 'POST /v1/autotrain/summarize', { form })).toMatchObject({
      status: 200,
      body: { columns: ['a', 'b'], metadata: { run_id: id(8) } },
    })
    expect(server.state.files[0]?.file.name).toBe('täble 1.csv')
  })

  it('that is larger than the limit is 413, announced or streamed', async () => {
    for (const megabytes of [1.01, 3]) {
      const answer = await ask(server, upload, {
        form: formOf({ name: 'n', file: csv('x'.repeat(megabytes * 2 ** 20)) }),
      })
      expect([answer.status, errorOf(answer).code]).toEqual([413, 'FILE_TOO_LARGE'])
    }
    expect((await ask(server, upload, { form: formOf({ name: 'x'.repeat(300_000), file: csv() }) })).status).toBe(413)
    expect(server.state.files).toEqual([])
    expect(await server.filesLeft()).toEqual([])
  })

  it('that lacks its file, its name, or is no form, says what to send', async () => {
    const cases: [Parameters<typeof ask>[2], number, string][] = [
      [{ form: formOf({ name: 'n' }) }, 422, 'FILE_REQUIRED'],
      [{ form: formOf({ name: 'n', file: 'a,b' }) }, 422, 'FILE_REQUIRED'],
      [{ form: formOf({ name: 'n', table: csv() }) }, 422, 'FILE_REQUIRED'],
      [{}, 422, 'FILE_REQUIRED'],
      [{ form: formOf({ file: csv() }) }, 422, 'VALIDATION_FAILED'],
      [{ form: formOf({ name: 'a\0b', file: csv() }) }, 422, 'VALIDATION_FAILED'],
      [{ form: formOf({ name: 'n', team_id: id(99), file: csv() }) }, 404, 'NOT_FOUND'],
      [{ form: formOf({ name: 'n', team_id: 'x', file: csv() }) }, 404, 'NOT_FOUND'],
      [{ json: { name: 'n' } }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
      [{ text: 'a,b', headers: { 'content-type': 'text/csv' } }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
      [{ text: 'a,b', headers: { 'content-type': 'multipart/form-data' } }, 422, 'VALIDATION_FAILED'],
      [{ text: 'no parts', headers: { 'content-type': 'multipart/form-data; boundary=x' } }, 422, 'VALIDATION_FAILED'],
      [
        {
          text: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b',
          headers: { 'content-type': 'multipart/form-data; boundary=x' },
        },
        422,
        'VALIDATION_FAILED',
      ],
    ]
    for (const [options, status, code] of cases) {
      const answer = await ask(server, upload, options)
      expect([answer.status, errorOf(answer).code]).toEqual([status, code])
    }
    const two = formOf({ name: 'n', file: csv() })
    two.append('file', csv())
    expect((await ask(server, upload, { form: two })).status).toBe(422)
    expect(server.state.files).toEqual([])
    expect(await server.filesLeft()).toEqual([])
  })

  it('that breaks off leaves nothing behind', async () => {
    const request = httpRequest(`${server.url}/v1/datasets/upload`, {
      method: 'POST',
      headers: { api_key: key, 'content-type': 'multipart/form-data; boundary=x', 'content-length': 100_000 },
    })
    request.on('error', () => undefined)
    request.write('--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b')
    await expect.poll(() => server.filesLeft()).toHaveLength(1)
    request.destroy()
    await expect.poll(() => server.filesLeft()).toEqual([])
    expect(server.state.files).toEqual([])
  })

  it('may be repeated with one Idempotency-Key as long as the file is the same', async () => {
    const headers = { 'idempotency-key': 'upload-1' }
    await ask(server, upload, { form: formOf({ name: 'n', file: csv() }), headers })
    expect((await ask(server, upload, { form: formOf({ name: 'n', file: csv() }), headers })).status).toBe(200)
    expect(server.state.files).toHaveLength(1)
    const other = await ask(server, upload, { form: formOf({ name: 'n', file: csv('a,b\n1,3\n') }), headers })
    expect(errorOf(other).code).toBe('IDEMPOTENCY_KEY_REUSED')
  })
})
