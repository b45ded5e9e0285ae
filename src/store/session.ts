import pg from 'pg'
import type { Database } from './database.ts'
import { runChannel } from './run-store.ts'

export interface RunChange {
  readonly run_id: string
  readonly seq: number
  readonly status: string
}

/** A connection of one's own that holds the worker's advisory lock and hears every change of a run. */
export interface Session {
  onChange(listener: (change: RunChange) => void): () => void
  close(): Promise<void>
}

interface SessionInput {
  readonly workerId: string
  /** Called each time the connection was lost and made anew. */
  readonly onReconnect?: () => void
}

/** Opens the session; where its connection is lost it is made again, with the same lock. */
export async function openSession(database: Database, input: SessionInput): Promise<Session> {
  const listeners = new Set<(change: RunChange) => void>()
  let closed = false
  let client = await connect()

  async function connect(): Promise<pg.Client> {
    const made = new pg.Client({ ...database.config, keepAlive: true, connectionTimeoutMillis: 10_000 })
    made.on('error', () => undefined)
    made.on('notification', ({ payload }) => tell(listeners, payload ?? ''))
    await made.connect()
    await made.query('select pg_advisory_lock(hashtextextended($1, 0))', [`signalbox-worker:${input.workerId}`])
    await made.query(`listen ${runChannel}`)
    made.once('end', () => void reconnect())
    return made
  }

  async function reconnect(): Promise<void> {
    while (!closed) {
      try {
        client = await connect()
        if (closed) await client.end()
        else input.onReconnect?.()
        return
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  }

  return {
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      closed = true
      await client.end().catch(() => undefined)
    },
  }
}

function tell(listeners: ReadonlySet<(change: RunChange) => void>, payload: string): void {
  const [run_id, seq, status] = payload.split(' ')
  if (run_id === undefined || seq === undefined || status === undefined) return
  for (const listener of listeners) listener({ run_id, seq: Number(seq), status })
}
