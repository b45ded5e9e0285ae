import { accept, refuse, type Result } from '#core/errors'
import type { ListedWebhook, WebhookRow } from '#core/notice-ports'
import type { TestWebhookAnswer, WebhookListAnswer } from '#wire/webhook'
import type { ServiceInput } from './ports.ts'
import type { Caller, Webhooks } from './signalbox.ts'

/** Who is told, and of what. Delivering is done elsewhere; only a test message is sent from here. */
export function openWebhooks(input: ServiceInput): Webhooks {
  const { webhooks, sender, identity, now } = input
  return {
    async add(caller, { url, events, description }) {
      const checked = await sender.check(url)
      if (!checked.ok) return checked
      const webhook_id = identity.newId()
      const row = { webhook_id, team_id: caller.team_id, url, events: [...new Set(events)], description: description ?? '' }
      await webhooks.add({ ...row, created_by: caller.key_name, created_at: now() })
      return accept({ webhook_id, secret: sender.secretOf(webhook_id) })
    },
    async list(caller) {
      return accept((await webhooks.list(caller.team_id)).map(shown))
    },
    async remove(caller, webhookId) {
      const own = await ownWebhook(input, caller, webhookId)
      if (!own.ok) return own
      await webhooks.remove(webhookId)
      return accept({ webhook_id: webhookId, status: 'deleted' })
    },
    async test(caller, webhookId) {
      const own = await ownWebhook(input, caller, webhookId)
      return own.ok ? accept(await sendTest(input, own.value)) : own
    },
  }
}

async function ownWebhook({ webhooks }: ServiceInput, caller: Caller, webhookId: string): Promise<Result<WebhookRow>> {
  const row = await webhooks.get(caller.team_id, webhookId)
  return row === undefined ? refuse('NOT_FOUND', 'There is no such webhook.', { suggestion: 'GET /v1/webhooks lists those of your team.' }) : accept(row)
}

async function sendTest({ sender, identity, now }: ServiceInput, { webhook_id, url }: WebhookRow): Promise<TestWebhookAnswer> {
  const body = JSON.stringify({ type: 'webhook.test', timestamp: now().toISOString(), data: { webhook_id } })
  const sent = await sender.send({ id: identity.newId(), webhook_id, url, body }, { signal: new AbortController().signal })
  return { success: sent.ok, status: sent.status, error: sent.ok ? null : sent.error }
}

function shown({ webhook_id, url, events, description, created_at, created_by, pending, last }: ListedWebhook): WebhookListAnswer[number] {
  const last_delivery = last === null ? null : { ...last, at: last.at.toISOString() }
  return { webhook_id, url, events: [...events], description, created: created_at.toISOString(), created_by, pending, last_delivery }
}
