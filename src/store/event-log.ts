import { createHash } from 'node:crypto'
import { canonicalJson } from '#core/canonical-json'
import { linkText, type LedgerEvent } from '#core/ledger'
import { readRunEvent, runEventVersion, type Actor, type NewRunEvent } from '#core/event'
import type { Db, Trx } from './database.ts'

/** Where a stream stands: its last number and hash; number 0 and an empty hash before the first event. */
export interface StreamHead {
  readonly seq: number
  readonly hash: string
}

export interface StoredEvent {
  readonly seq: number
  readonly event: NewRunEvent
  readonly hash: string
}

/** An event of any stream before it has its place; the layout of its payload is told by type and version. */
export interface LoggedEvent {
  readonly type: string
  readonly actor: Actor
  readonly at: string
  readonly payload: object
}

interface Appending {
  readonly head: StreamHead
  readonly events: readonly LoggedEvent[]
  /** The version of the payload layouts; that of runs where it is not said. */
  readonly version?: number
}

interface Link {
  readonly stream: string
  readonly seq: number
  readonly type: string
  readonly version: number
  readonly actor: string
  readonly at: string
  readonly payload: string
  readonly previous_hash: string
}

/** The hash that chains an event to the one before: SHA-256 over the canonical JSON of all that is stored of it. */
function linkHash(link: Link): string {
  return createHash('sha256').update(linkText(link)).digest('hex')
}

export function runStream(runId: string): string {
  return `run:${runId}`
}

export function deploymentStream(deploymentId: string): string {
  return `deployment:${deploymentId}`
}

export function reportStream(reportId: string): string {
  return `report:${reportId}`
}

export function teamStream(teamId: string): string {
  return `team:${teamId}`
}

export async function streamHead(db: Db | Trx, stream: string): Promise<StreamHead> {
  const last = await db.selectFrom('event').select(['seq', 'hash']).where('stream', '=', stream).orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return last ?? { seq: 0, hash: '' }
}

/** Appends after `head`. False where somebody else appended first: nothing is written then and the caller decides again. */
export async function appendEvents(trx: Trx, stream: string, from: Appending): Promise<boolean> {
  let { seq, hash } = from.head
  for (const event of from.events) {
    seq += 1
    const link = { stream, seq, type: event.type, version: from.version ?? runEventVersion, actor: canonicalJson(event.actor), at: event.at, payload: canonicalJson(event.payload), previous_hash: hash }
    hash = linkHash(link)
    const row = { ...link, payload_copy: link.payload, hash }
    const written = await trx
      .insertInto('event')
      .values(row)
      .onConflict((conflict) => conflict.columns(['stream', 'seq']).doNothing())
      .returning('seq')
      .executeTakeFirst()
    if (written === undefined) return false
  }
  return true
}

/** The events of a stream in order, after `after`. */
export async function readEvents(db: Db | Trx, stream: string, after = 0): Promise<StoredEvent[]> {
  const rows = await db.selectFrom('event').select(['seq', 'type', 'actor', 'at', 'payload', 'hash']).where('stream', '=', stream).where('seq', '>', after).orderBy('seq').execute()
  return rows.map((row) => ({ seq: row.seq, hash: row.hash, event: readRunEvent({ type: row.type, actor: JSON.parse(row.actor), at: row.at, payload: JSON.parse(row.payload) }) }))
}

/** The events of a stream as they are stored, so that their chain can be checked elsewhere. */
export async function readChain(db: Db | Trx, stream: string): Promise<LedgerEvent[]> {
  return db.selectFrom('event').select(['stream', 'seq', 'type', 'version', 'actor', 'at', 'payload', 'previous_hash', 'hash']).where('stream', '=', stream).orderBy('seq').execute()
}

export interface ChainFault {
  readonly stream: string
  readonly seq: number
  readonly fault: 'number-missing' | 'chain-broken' | 'hash-differs' | 'copy-differs'
}

export interface ChainCheck {
  readonly streams: number
  readonly events: number
  /** Events that are signatures of reports. */
  readonly signatures: number
  readonly faults: readonly ChainFault[]
}

/** Recomputes the hash of every event of every stream, or of one, and says where a chain does not hold. */
export async function verifyChains(db: Db, stream?: string): Promise<ChainCheck> {
  let query = db.selectFrom('event').selectAll().orderBy('stream').orderBy('seq')
  if (stream !== undefined) query = query.where('stream', '=', stream)
  const faults: ChainFault[] = []
  const streams = new Set<string>()
  let events = 0
  let signatures = 0
  let before: StreamHead & { stream: string } = { stream: '', seq: 0, hash: '' }
  for (const row of await query.execute()) {
    streams.add(row.stream)
    events += 1
    if (row.type === 'report-signed') signatures += 1
    if (row.stream !== before.stream) before = { stream: row.stream, seq: 0, hash: '' }
    const fault = faultOf(row, before)
    if (fault !== null) faults.push({ stream: row.stream, seq: row.seq, fault })
    before = row
  }
  return { streams: streams.size, events, signatures, faults }
}

function faultOf(row: Link & { hash: string; payload_copy: unknown }, before: StreamHead): ChainFault['fault'] | null {
  if (row.seq !== before.seq + 1) return 'number-missing'
  if (row.previous_hash !== before.hash) return 'chain-broken'
  const { stream, seq, type, version, actor, at, payload, previous_hash } = row
  if (linkHash({ stream, seq, type, version, actor, at, payload, previous_hash }) !== row.hash) return 'hash-differs'
  if (canonicalJson(row.payload_copy) !== payload) return 'copy-differs'
  return null
}
