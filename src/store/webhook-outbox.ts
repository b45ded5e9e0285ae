import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { NewRunEvent } from '#core/event'
import type { WebhookEvent } from '#core/notice-ports'
import type { Run } from '#core/run'
import type { Trx } from './database.ts'

/** Writes a message for each webhook that wants to hear of these events, in the events' own transaction. */
export async function writeOutbox(trx: Trx, run: Run, events: readonly NewRunEvent[]): Promise<void> {
  for (const event of events) {
    const told = messageOf(run, event, events)
    if (told !== null) await writeMessage(trx, run.team_id, { ...told, at: event.at })
  }
}

/** Writes one message for each webhook of a team that wants to hear of it. */
export async function writeMessage(trx: Trx, teamId: string, { type, data, at }: Told & { readonly at: string }): Promise<void> {
  const wanted = JSON.stringify([type])
  const hooks = await trx.selectFrom('webhook').select('webhook_id').where('team_id', '=', teamId).where(sql<boolean>`events @> ${wanted}::jsonb`).execute()
  if (hooks.length === 0) return
  const when = new Date(at)
  const body = JSON.stringify({ type, timestamp: at, data })
  await trx.insertInto('webhook_delivery').values(hooks.map(({ webhook_id }) => ({ delivery_id: randomUUID(), webhook_id, event: type, body, created_at: when, next_at: when }))).execute()
}

interface Told {
  readonly type: WebhookEvent
  readonly data: Readonly<Record<string, string | number | null>>
}

/** Messages hold ids and counts only: a name is free text, and what is sent can no longer be erased. */
function messageOf(run: Run, event: NewRunEvent, events: readonly NewRunEvent[]): Told | null {
  const { run_id, dataset_id } = run
  switch (event.type) {
    case 'decision-opened': {
      const { phase, decision_id, revision, options, expires_at } = event.payload
      // Where the policy has decided in the same breath, nobody is waited for.
      const taken = events.some((other) => other.type === 'decision-made' && other.payload.decision_id === decision_id && other.payload.revision === revision)
      return taken ? null : { type: 'decision.waiting', data: { run_id, dataset_id, phase, decision_id, revision, options, expires_at } }
    }
    case 'run-resumed': {
      if (run.status !== 'waiting_input') return null
      const { phase, decision_id, revision, options, expires_at } = run.open
      return { type: 'decision.waiting', data: { run_id, dataset_id, phase, decision_id, revision, options, expires_at } }
    }
    case 'run-completed':
      return { type: 'run.completed', data: { run_id, dataset_id } }
    case 'phase-failed':
      return { type: 'run.failed', data: { run_id, dataset_id, phase: event.payload.phase, code: event.payload.code } }
    default:
      return null
  }
}
