import type { ChatNote, ChatProposal, Citation } from './advisor-ports.ts'
import type { Result } from './errors.ts'
import type { NewRunEvent } from './event.ts'

/** A message of a run's chat. */
export interface ChatMessage {
  readonly id: string
  readonly role: 'user' | 'assistant'
  readonly content: string
  readonly at: string
  readonly metadata: ChatMetadata
}

/** What stands beside a message: who wrote it and whether it is context, or what an answer understood and rests on. */
export interface ChatMetadata {
  readonly author?: string
  readonly context?: boolean
  readonly intent?: string
  readonly citations?: readonly Citation[]
  readonly proposal?: ChatProposal
}

/** The chat of each run: only ever added to, and gone with its run. */
export interface ChatStore {
  /** False where the run is gone. */
  add(runId: string, messages: readonly ChatMessage[]): Promise<boolean>
  list(runId: string): Promise<ChatMessage[]>
  notes(runId: string): Promise<ChatNote[]>
}

/** An event with its number in the stream of its run. */
export interface NumberedRunEvent {
  readonly seq: number
  readonly event: NewRunEvent
}

/** Hears the changes of one run. Changes that come while nobody waits are told once, at the next call. */
export interface RunWatch {
  /** Resolves at the next change, progress included, and at once after `close`. */
  next(): Promise<void>
  close(): void
}

/** The events of runs as they come. */
export interface RunFeed {
  events(runId: string, after: number): Promise<NumberedRunEvent[]>
  watch(runId: string): Promise<RunWatch>
}

export const webhookEvents = ['decision.waiting', 'run.completed', 'run.failed', 'monitor.alert'] as const
export type WebhookEvent = (typeof webhookEvents)[number]

export interface WebhookRow {
  readonly webhook_id: string
  readonly team_id: string
  readonly url: string
  readonly events: readonly WebhookEvent[]
  readonly description: string
  readonly created_by: string
  readonly created_at: Date
}

/** How the newest message to a webhook went. */
export interface LastDelivery {
  readonly event: string
  readonly state: 'pending' | 'delivered' | 'given_up'
  readonly attempts: number
  /** HTTP status of the last answer; null where none came. */
  readonly status: number | null
  readonly error: string | null
  readonly at: Date
}

export interface ListedWebhook extends WebhookRow {
  readonly pending: number
  readonly last: LastDelivery | null
}

/** A message that is due, held for whoever took it. */
export interface DueDelivery {
  readonly delivery_id: string
  readonly webhook_id: string
  readonly url: string
  readonly body: string
  /** This attempt included. */
  readonly attempt: number
  readonly created_at: Date
}

export interface WebhookStore {
  add(webhook: WebhookRow): Promise<void>
  list(teamId: string): Promise<ListedWebhook[]>
  get(teamId: string, webhookId: string): Promise<WebhookRow | undefined>
  remove(webhookId: string): Promise<boolean>
  /** Takes what is due, each for one taker, who must report before `heldUntil`; after that it is due again. */
  take(of: { readonly now: Date; readonly heldUntil: Date; readonly limit: number }): Promise<DueDelivery[]>
  delivered(deliveryId: string, at: { readonly status: number; readonly now: Date }): Promise<void>
  /** `retryAt` null gives up. */
  failed(deliveryId: string, at: { readonly status: number | null; readonly error: string; readonly now: Date; readonly retryAt: Date | null }): Promise<void>
  /** Drops what was ended before this time. */
  forget(before: Date): Promise<void>
}

export interface WebhookMessage {
  readonly id: string
  readonly webhook_id: string
  readonly url: string
  readonly body: string
}

/** How an attempt went; `error` is a sentence without the address. */
export type Sent = { readonly ok: true; readonly status: number } | { readonly ok: false; readonly status: number | null; readonly error: string }

/** Signs and sends messages, to addresses that the operator allows. */
export interface WebhookSender {
  /** Refuses an address that may not be sent to, as it stands now. */
  check(url: string): Promise<Result<null>>
  send(message: WebhookMessage, options: { readonly signal: AbortSignal }): Promise<Sent>
  /** The secret of a webhook: always the same for the same id, and stored nowhere. */
  secretOf(webhookId: string): string
}
