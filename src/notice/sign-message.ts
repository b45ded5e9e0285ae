import { createHmac } from 'node:crypto'

interface SignedMessage {
  readonly id: string
  /** Whole seconds since 1970. */
  readonly timestamp: number
  readonly body: string
}

const prefix = 'whsec_'

/** A secret as Standard Webhooks writes it. */
export function secretText(bytes: Uint8Array): string {
  return prefix + Buffer.from(bytes).toString('base64')
}

/** The headers of Standard Webhooks (standardwebhooks.com, v1): HMAC-SHA-256 over `id.timestamp.body`. */
export function signedHeaders({ id, timestamp, body }: SignedMessage, secret: string): Record<string, string> {
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` }
}
