import { z } from 'zod'
import { canonicalJson } from './canonical-json.ts'
import { hashSchema, type Identity } from './hash.ts'

/** An event as the log keeps it: actor and payload as canonical JSON text, chained to the event before by its hash. */
export const ledgerEventSchema = z.strictObject({
  stream: z.string(),
  seq: z.int().min(1),
  type: z.string(),
  version: z.int(),
  actor: z.string(),
  at: z.string(),
  payload: z.string(),
  previous_hash: z.string(),
  hash: hashSchema,
})
export type LedgerEvent = z.infer<typeof ledgerEventSchema>

/** What the hash of an event is taken over: everything that is stored of it. */
export function linkText({ stream, seq, type, version, actor, at, payload, previous_hash }: Omit<LedgerEvent, 'hash'>): string {
  return canonicalJson({ stream, seq, type, version, actor, at, payload, previous_hash })
}

/** The first event of a chain that does not hold, with the reason; null where all hold. */
export function ledgerFault(events: readonly LedgerEvent[], sha256: Identity['sha256']): { seq: number; text: string } | null {
  let before: LedgerEvent | null = null
  for (const event of events) {
    const text = eventFault(event, before, sha256)
    if (text !== null) return { seq: event.seq, text }
    before = event
  }
  return null
}

function eventFault(event: LedgerEvent, before: LedgerEvent | null, sha256: Identity['sha256']): string | null {
  if (event.seq !== (before?.seq ?? 0) + 1) return 'an event before it is missing'
  if (before !== null && event.stream !== before.stream) return 'it is of another chain'
  if (event.previous_hash !== (before?.hash ?? '')) return 'it does not name the hash of the event before'
  return sha256(linkText(event)) === event.hash ? null : 'its hash is not that of its content'
}
