import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { errorBodySchema, type ErrorBody } from '#wire/error-body'
import { buildHttp } from './build-http.ts'
import { fakeSignalbox, fakeState, key, type FakeState } from './signalbox.testkit.ts'

export interface TestServer {
  readonly url: string
  readonly state: FakeState
  /** Every line that was logged. */
  readonly log: string[]
  /** Statuses that were answered and are not in the OpenAPI document, as "GET /path 418". */
  readonly undocumented: string[]
  filesLeft(): Promise<string[]>
  close(): Promise<void>
}

/** The real server on a free port over the fake façade. */
export async function startServer(settings: { maxUploadMb?: number; publicUrl?: string; studioFolder?: string } = {}): Promise<TestServer> {
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'signalbox-http-'))
  const state = fakeState()
  const log: string[] = []
  const logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(line) })
  const app = buildHttp({
    signalbox: fakeSignalbox(state),
    maxUploadMb: 1,
    temporaryFolder,
    logger,
    version: '0.0.0',
    ...settings,
  })
  const undocumented: string[] = []
  app.addHook('onResponse', async (request, reply) => {
    const responses = request.routeOptions.schema?.response
    const known = typeof responses === 'object' && responses !== null && String(reply.statusCode) in responses
    if (request.routeOptions.url?.startsWith('/v1/') && !known)
      undocumented.push(`${request.method} ${request.routeOptions.url} ${reply.statusCode}`)
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    url,
    state,
    log,
    undocumented,
    filesLeft: () => readdir(temporaryFolder),
    close: async () => {
      await app.close()
      await rm(temporaryFolder, { recursive: true, force: true })
    },
  }
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** Asks with the test key; `json` is sent as the body. */
export async function ask(
  server: TestServer,
  request: string,
  options: { json?: unknown; text?: string; headers?: Record<string, string>; form?: FormData } = {},
): Promise<Answer> {
  const [method = 'GET', path = '/'] = request.split(' ')
  const headers: Record<string, string> = { api_key: key, ...options.headers }
  const body = options.form ?? options.text ?? (options.json === undefined ? undefined : JSON.stringify(options.json))
  if (options.json !== undefined) headers['content-type'] ??= 'application/json'
  const response = await fetch(server.url + path, { method, headers, ...(body === undefined ? {} : { body }) })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}

/** The error of an answer, checked to have the form that every error has. */
export function errorOf(answer: Answer): ErrorBody['error'] {
  const { detail, error } = errorBodySchema.parse(answer.body)
  if (detail !== `${error.message} ${error.suggestion}`)
    throw new Error(`the text says something else than the error: ${detail}`)
  return error
}
