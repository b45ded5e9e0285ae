import {
  addWebhookAnswerSchema,
  removeWebhookAnswerSchema,
  testWebhookAnswerSchema,
  webhookListAnswerSchema,
  type AddWebhookAnswer,
  type AddWebhookBody,
  type RemoveWebhookAnswer,
  type TestWebhookAnswer,
  type WebhookListAnswer,
} from '#wire/webhook'
import type { CallOptions, Transport } from './transport.ts'

const webhooks = '/v1/webhooks'

/** Who is told of decisions that wait and of runs that end. */
export class Webhooks {
  private readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  /** The secret of the answer verifies what is sent; it is shown this once. */
  add(body: AddWebhookBody, options: CallOptions = {}): Promise<AddWebhookAnswer> {
    return this.transport.json({ method: 'POST', path: webhooks, json: body, answer: addWebhookAnswerSchema, ...options })
  }

  list(options: CallOptions = {}): Promise<WebhookListAnswer> {
    return this.transport.json({ method: 'GET', path: webhooks, answer: webhookListAnswerSchema, ...options })
  }

  remove(webhookId: string, options: CallOptions = {}): Promise<RemoveWebhookAnswer> {
    return this.transport.json({ method: 'DELETE', path: pathOf(webhookId), answer: removeWebhookAnswerSchema, ...options })
  }

  /** Sends one message now and tells how it went. */
  test(webhookId: string, options: CallOptions = {}): Promise<TestWebhookAnswer> {
    return this.transport.json({ method: 'POST', path: pathOf(webhookId, '/test'), answer: testWebhookAnswerSchema, ...options })
  }
}

function pathOf(webhookId: string, rest = ''): string {
  return `${webhooks}/${encodeURIComponent(webhookId)}${rest}`
}
