import pg from 'pg'
import type { RunFeed, RunWatch } from '#core/notice-ports'
import { patiently, type Database } from './database.ts'
import { readEvents, runStream } from './event-log.ts'
import { progressChannel } from './progress.ts'
import { runChannel } from './run-store.ts'

export interface OpenRunFeed extends RunFeed {
  close(): Promise<void>
}

/**
 * The events of runs over one listening connection, however many watch; it is opened by the first. Where it is lost it
 * is made again, and every watcher looks once, since a change may have been missed.
 */
export function runFeed(database: Database): OpenRunFeed {
  const watchers = new Map<string, Set<() => void>>()
  let listening: Promise<pg.Client> | null = null
  let closed = false

  function tell(runId: string): void {
    for (const wake of watchers.get(runId) ?? []) wake()
  }

  async function listen(): Promise<pg.Client> {
    const client = new pg.Client({ ...database.config, keepAlive: true, connectionTimeoutMillis: 10_000 })
    client.on('error', () => undefined)
    client.on('notification', ({ payload }) => tell((payload ?? '').split(' ')[0] ?? ''))
    await client.connect()
    await client.query(`listen ${runChannel}`)
    await client.query(`listen ${progressChannel}`)
    client.once('end', () => void relisten())
    return client
  }

  async function relisten(): Promise<void> {
    while (!closed) {
      listening = listen()
      const made = await listening.then(() => true, () => false)
      if (made) return [...watchers.keys()].forEach(tell)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  function connected(): Promise<pg.Client> {
    listening ??= patiently(listen)
    const opening = listening
    // A first attempt that failed for good is not kept.
    opening.catch(() => {
      if (listening === opening) listening = null
    })
    return opening
  }

  return {
    events: (runId, after) => patiently(() => readEvents(database.db, runStream(runId), after)),
    async watch(runId) {
      await connected()
      return watchOf(watchers, runId)
    },
    async close() {
      closed = true
      for (const wakes of watchers.values()) for (const wake of wakes) wake()
      await listening?.then((client) => client.end()).catch(() => undefined)
    },
  }
}

function watchOf(watchers: Map<string, Set<() => void>>, runId: string): RunWatch {
  let changed = false
  let over = false
  let waiting: (() => void) | null = null
  const wake = () => {
    changed = true
    waiting?.()
  }
  const wakes = watchers.get(runId) ?? new Set()
  watchers.set(runId, wakes.add(wake))
  return {
    async next() {
      if (!changed && !over) await new Promise<void>((resolve) => {
        waiting = resolve
      })
      waiting = null
      changed = false
    },
    close() {
      over = true
      wakes.delete(wake)
      if (wakes.size === 0 && watchers.get(runId) === wakes) watchers.delete(runId)
      waiting?.()
    },
  }
}
