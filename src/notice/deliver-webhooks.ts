import type { DueDelivery, Sent, WebhookSender, WebhookStore } from '#core/notice-ports'

interface DeliveryInput {
  readonly store: WebhookStore
  readonly sender: WebhookSender
  readonly now: () => Date
  readonly log: (text: string, error?: unknown) => void
}

/** Delivers what is due, at least once, beside whoever else does. It owns no timer: sweeps come from outside. */
export interface WebhookDelivery {
  sweep(): Promise<void>
  /** Sends what is due once more, waits a little for what is on its way, and abandons the rest to a later sweep. */
  stop(): Promise<void>
}

const atOnce = 16
/** How long a taken message is ours; longer than an attempt can last. */
const heldSeconds = 30
/** Seconds to the next attempt, by how many were made; after the last, or after a day, it is given up. */
const pauses = [5, 30, 120, 600, 3_600, 10_800, 21_600, 43_200]
const daySeconds = 86_400
const keptDays = 7
const farewellMs = 5_000

export function deliverWebhooks(input: DeliveryInput): WebhookDelivery {
  const sending = new Set<Promise<void>>()
  const stopping = new AbortController()
  let forgotten = Number.NEGATIVE_INFINITY

  async function sweep(): Promise<void> {
    const now = input.now()
    if (now.getTime() - forgotten > 3_600_000) {
      forgotten = now.getTime()
      await input.store.forget(later(now, -keptDays * daySeconds))
    }
    const limit = atOnce - sending.size
    if (limit <= 0) return
    const due = await input.store.take({ now, heldUntil: later(now, heldSeconds), limit })
    for (const delivery of due) {
      const work = deliver(input, delivery, stopping.signal)
        .catch((error: unknown) => input.log('a webhook could not be delivered; it is tried again', error))
        .finally(() => sending.delete(work))
      sending.add(work)
    }
  }

  return {
    sweep,
    async stop() {
      await sweep().catch(() => undefined)
      const timer = setTimeout(() => stopping.abort(), farewellMs)
      await Promise.allSettled(sending)
      clearTimeout(timer)
    },
  }
}

async function deliver({ store, sender, now }: DeliveryInput, delivery: DueDelivery, signal: AbortSignal): Promise<void> {
  const { delivery_id, webhook_id, url, body, attempt, created_at } = delivery
  const sent = await sender.send({ id: delivery_id, webhook_id, url, body }, { signal })
  if (sent.ok) return store.delivered(delivery_id, { status: sent.status, now: now() })
  // 410 Gone says that the receiver wants no more: the webhook goes, and what waits for it with it.
  if (sent.status === 410) return void (await store.remove(webhook_id))
  if (signal.aborted) return store.failed(delivery_id, { status: null, error: sent.error, now: now(), retryAt: now() })
  return store.failed(delivery_id, { ...failureOf(sent), now: now(), retryAt: nextAttempt({ attempt, created_at, now: now() }) })
}

function failureOf({ status, error }: Extract<Sent, { ok: false }>): { status: number | null; error: string } {
  return { status, error }
}

/** When to try again, or null to give up. */
export function nextAttempt({ attempt, created_at, now }: { readonly attempt: number; readonly created_at: Date; readonly now: Date }): Date | null {
  const pause = pauses[attempt - 1]
  if (pause === undefined) return null
  const at = later(now, pause)
  return at.getTime() - created_at.getTime() > daySeconds * 1000 ? null : at
}

function later(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000)
}
