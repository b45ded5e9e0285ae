import type { z } from 'zod'
import { errorOfAnswer, SignalboxApiError } from './api-error.ts'
import { startDeadline, type Deadline } from './deadline.ts'
import { pause } from './pause.ts'

export interface Connection {
  /** For example http://localhost:4100. */
  readonly baseUrl: string
  /** Left out in a page of the server itself, whose session takes its place. */
  readonly apiKey?: string
  /** Instead of the global one. */
  readonly fetch?: typeof fetch
  /** How long a call may take; 30 seconds where it is not said. Uploads and downloads may take as long as they need. */
  readonly timeoutMs?: number
}

export interface CallOptions {
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
}

type QueryValue = string | number | boolean | null | undefined

interface Call extends CallOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, QueryValue>>
  readonly json?: unknown
  readonly form?: FormData
  /** Instead of the connection's own, such as a deploy key. */
  readonly apiKey?: string
  /** Makes a POST safe to send again. */
  readonly idempotencyKey?: string
}

interface JsonCall<T> extends Call {
  readonly answer: z.ZodType<T>
}

const defaultTimeoutMs = 30_000
/** The longest that a timer can be set for. */
const unlimitedMs = 2 ** 31 - 1
const retryPausesMs = [100, 300, 900]

/** Sends calls and reads answers; tries again where the network failed and a second arrival does no harm. */
export class Transport {
  private readonly connection: Connection

  constructor(connection: Connection) {
    this.connection = connection
  }

  async json<T>(call: JsonCall<T>): Promise<T> {
    return this.attempt(call, async (deadline) => {
      const response = await this.send(call, deadline.signal)
      const body = parseJson(response.status, await response.text())
      if (!response.ok) throw errorOfAnswer(response.status, body)
      return readAnswer(call.answer, response.status, body)
    })
  }

  /** The bytes of an answer as they come; the time limit ends with the headers. */
  async stream(call: Call): Promise<ReadableStream<Uint8Array>> {
    return this.attempt(call, async (deadline) => {
      const response = await this.send(call, deadline.signal)
      if (!response.ok) throw errorOfAnswer(response.status, parseJson(response.status, await response.text()))
      return response.body ?? new ReadableStream()
    })
  }

  /** The bytes of an answer with its headers. */
  async file(call: Call): Promise<{ readonly headers: Headers; readonly bytes: Uint8Array }> {
    return this.attempt(call, async (deadline) => {
      const response = await this.send(call, deadline.signal)
      if (!response.ok) throw errorOfAnswer(response.status, parseJson(response.status, await response.text()))
      return { headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) }
    })
  }

  private async attempt<T>(call: Call, once: (deadline: Deadline) => Promise<T>): Promise<T> {
    const pauses = call.method === 'GET' || call.idempotencyKey !== undefined ? retryPausesMs : []
    for (let attempt = 0; ; attempt++) {
      call.signal?.throwIfAborted()
      const deadline = startDeadline(this.timeoutOf(call), call.signal)
      try {
        return await once(deadline)
      } catch (error) {
        call.signal?.throwIfAborted()
        if (error instanceof SignalboxApiError) throw error
        if (deadline.passed()) throw timedOut(call, error)
        const wait = pauses[attempt]
        if (wait === undefined) throw networkFailed(this.connection.baseUrl, error)
        await pause(wait, call.signal)
      } finally {
        deadline.clear()
      }
    }
  }

  private send(call: Call, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { accept: '*/*' }
    const apiKey = call.apiKey ?? this.connection.apiKey
    if (apiKey !== undefined) headers.api_key = apiKey
    if (call.json !== undefined) headers['content-type'] = 'application/json'
    if (call.idempotencyKey !== undefined) headers['idempotency-key'] = call.idempotencyKey
    const body = call.form ?? (call.json === undefined ? null : JSON.stringify(call.json))
    const send = this.connection.fetch ?? globalThis.fetch
    return send(this.urlOf(call), { method: call.method, headers, body, signal })
  }

  private urlOf({ path, query }: Call): string {
    const values = new URLSearchParams()
    for (const [name, value] of Object.entries(query ?? {}))
      if (value !== undefined && value !== null) values.append(name, String(value))
    return `${this.connection.baseUrl.replace(/\/+$/, '')}${path}${values.size === 0 ? '' : `?${values}`}`
  }

  private timeoutOf(call: Call): number {
    return Math.min(
      call.timeoutMs ?? (call.form === undefined ? (this.connection.timeoutMs ?? defaultTimeoutMs) : unlimitedMs),
      unlimitedMs,
    )
  }
}

function parseJson(status: number, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw errorOfAnswer(status, text.slice(0, 1_000))
  }
}

function readAnswer<T>(schema: z.ZodType<T>, status: number, body: unknown): T {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  throw new SignalboxApiError({
    status,
    code: 'ANSWER_UNREADABLE',
    message: 'The answer does not have the form that this client knows.',
    suggestion: 'Use the client and the server of one version.',
    cause: read.error,
  })
}

function timedOut(call: Call, cause: unknown): SignalboxApiError {
  return new SignalboxApiError({
    status: 0,
    code: 'TIMEOUT',
    message: `${call.method} ${call.path} took too long.`,
    suggestion: 'Try again, or give timeoutMs a larger value.',
    cause,
  })
}

function networkFailed(baseUrl: string, cause: unknown): SignalboxApiError {
  return new SignalboxApiError({
    status: 0,
    code: 'NETWORK_FAILED',
    message: `${baseUrl} cannot be reached.`,
    suggestion: 'Check that the server runs (`signalbox serve`) and that the base URL is its address.',
    cause,
  })
}
