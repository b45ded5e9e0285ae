import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { accept, refuse } from '#core/errors'
import type { Sent, WebhookMessage, WebhookSender } from '#core/notice-ports'
import { allowedAddresses, BlockedAddress, fixedLookup, systemResolve, type Resolve } from './checked-lookup.ts'
import { secretText, signedHeaders } from './sign-message.ts'

interface SenderInput {
  /** Lets messages go to private, link-local and reserved addresses. */
  readonly allowPrivate: boolean
  /** The same 32 bytes for the same id; no other id gives them. */
  readonly keyOf: (webhookId: string) => Uint8Array
  readonly now: () => Date
  readonly version: string
  /** Replaced in tests. */
  readonly resolve?: Resolve
}

const timeoutMs = 10_000

/** Sends webhooks by hand-made requests: no redirects, no proxies, no second resolution of a checked name. */
export function webhookSender(input: SenderInput): WebhookSender {
  const rules = { resolve: input.resolve ?? systemResolve, allowPrivate: input.allowPrivate }
  const secretOf = (webhookId: string) => secretText(input.keyOf(webhookId))
  return {
    secretOf,
    async check(text) {
      const url = readUrl(text)
      if (url === null) return refuse('WEBHOOK_URL_REFUSED', 'The url is not an http or https address without user name, password and fragment.')
      try {
        await allowedAddresses(url.hostname, rules)
        return accept(null)
      } catch (error) {
        if (error instanceof BlockedAddress) return refuse('WEBHOOK_ADDRESS_BLOCKED', `The host ${url.hostname} is at a private, link-local or reserved address.`)
        return refuse('WEBHOOK_URL_REFUSED', `The host ${url.hostname} cannot be resolved.`)
      }
    },
    async send(message, { signal }) {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
      try {
        return await post(message, { signal: limited, rules, secret: secretOf(message.webhook_id), seconds: Math.floor(input.now().getTime() / 1000), agent: `Signalbox/${input.version}` })
      } catch (error) {
        return { ok: false, status: null, error: reasonOf(error, limited) }
      }
    },
  }
}

/** An address that a message may be sent to as far as its text tells; what it resolves to is checked at each sending. */
function readUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const plain = url.username === '' && url.password === '' && url.hash === ''
  return plain && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null
}

interface Posting {
  readonly signal: AbortSignal
  readonly rules: { readonly resolve: Resolve; readonly allowPrivate: boolean }
  readonly secret: string
  readonly seconds: number
  readonly agent: string
}

async function post(message: WebhookMessage, { signal, rules, secret, seconds, agent }: Posting): Promise<Sent> {
  const url = readUrl(message.url)
  if (url === null) return { ok: false, status: null, error: 'The url is not an address that messages are sent to.' }
  const addresses = await abortable(allowedAddresses(url.hostname, rules), signal)
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(message.body),
    'user-agent': agent,
    ...signedHeaders({ id: message.id, timestamp: seconds, body: message.body }, secret),
  }
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sending = send(url, { method: 'POST', headers, signal, lookup: fixedLookup(addresses), agent: false })
    sending.on('response', resolve)
    sending.on('error', reject)
    sending.end(message.body)
  })
  // What the receiver says beside its status is not read.
  answer.on('error', () => undefined)
  answer.destroy()
  const status = answer.statusCode ?? 0
  return status >= 200 && status < 300 ? { ok: true, status } : { ok: false, status, error: status >= 300 && status < 400 ? `It answered ${status}; redirects are not followed.` : `It answered ${status}.` }
}

function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort))
}

/** Why no answer came, in words that do not hold the address. */
function reasonOf(error: unknown, signal: AbortSignal): string {
  if (error instanceof BlockedAddress) return 'Its host is at a private, link-local or reserved address, which the operator does not allow.'
  if (signal.aborted) return 'No answer came within 10 seconds.'
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'failed'
  return `The connection failed (${code}).`
}
